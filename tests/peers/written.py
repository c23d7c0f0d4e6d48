"""A policy in each language, with one value a line, so that a line of the file is a place of the policy."""

from __future__ import annotations

import json
import re
from typing import Any

Policy = dict[str, Any]

# The resources that references are to: in Terraform, in CloudFormation.
_REFERENCES = {
    "@bucket": ("aws_s3_bucket.exports.arn", "Exports"),
    "@queue": ("aws_sqs_queue.jobs.arn", "Jobs"),
    "@topic": ("aws_sns_topic.news.arn", "News"),
}
# For a topic, `Ref` is the ARN.
_IS_REF = "News"
_TERRAFORM_RESOURCES = {
    "aws_s3_bucket.exports": 'resource "aws_s3_bucket" "exports" {}\n\n',
    "aws_sqs_queue.jobs": 'resource "aws_sqs_queue" "jobs" {}\n\n',
    "aws_sns_topic.news": 'resource "aws_sns_topic" "news" {}\n\n',
}
_RESOURCES = {
    "Exports": {"Type": "AWS::S3::Bucket"},
    "Jobs": {"Type": "AWS::SQS::Queue"},
    "News": {"Type": "AWS::SNS::Topic"},
}
# The elements of a statement of `aws_iam_policy_document`; a statement with any other cannot be written as one.
_ARGUMENTS = {
    "Sid": "sid",
    "Effect": "effect",
    "Action": "actions",
    "NotAction": "not_actions",
    "Resource": "resources",
    "NotResource": "not_resources",
}


def whole(written: str) -> Policy:
    """The policy of a statement, or the policy that it is."""
    value = json.loads(written)
    return value if "Statement" in value else {"Version": "2012-10-17", "Statement": [value]}


def _reference(text: str) -> tuple[tuple[str, str], str] | None:
    match = re.fullmatch(r"(@[a-z]+)(.*)", text)
    return (_REFERENCES[match[1]], match[2]) if match else None


def plain(policy: Policy, _: str) -> str | None:
    """A policy alone, which has no references."""
    text = json.dumps(policy, indent=4)
    return None if '"@' in text else text + "\n"


def _function(text: str) -> Any:
    if not (found := _reference(text)):
        return text
    (_, name), rest = found
    if rest:
        return {"Fn::Sub": f"${{{name}}}{rest}" if name == _IS_REF else f"${{{name}.Arn}}{rest}"}
    return {"Ref": name} if name == _IS_REF else {"Fn::GetAtt": [name, "Arn"]}


def _with_functions(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _with_functions(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_with_functions(item) for item in value]
    return _function(value) if isinstance(value, str) else value


def _template(policy: Policy, kind: str) -> dict[str, Any]:
    types = {
        "identity": ("AWS::IAM::ManagedPolicy", {"PolicyDocument": policy}),
        "trust": ("AWS::IAM::Role", {"AssumeRolePolicyDocument": policy}),
        "bucket": ("AWS::S3::BucketPolicy", {"Bucket": "exports", "PolicyDocument": policy}),
        "scp": (
            "AWS::Organizations::Policy",
            {"Name": "Guard", "Type": "SERVICE_CONTROL_POLICY", "Content": policy},
        ),
    }
    of_type, properties = types[kind]
    text = json.dumps(policy)
    used = [name for reference, (_, name) in _REFERENCES.items() if reference in text]
    resources = {name: _RESOURCES[name] for name in used}
    return {"Resources": {**resources, "Own": {"Type": of_type, "Properties": properties}}}


def cloudformation_json(policy: Policy, kind: str) -> str:
    return json.dumps(_with_functions(_template(policy, kind)), indent=4) + "\n"


def cloudformation_yaml(policy: Policy, kind: str) -> str:
    return _yaml(_template(policy, kind), 0) + "\n"


def _yaml(value: Any, indent: int) -> str:
    space = " " * indent
    items = value.items() if isinstance(value, dict) else ((None, item) for item in value)
    lines = []
    for name, item in items:
        if name is None:
            nested = isinstance(item, (dict, list))
            lines.append(f"{space}- {_yaml(item, indent + 2).lstrip() if nested else _yaml_text(item)}")
        elif isinstance(item, (dict, list)):
            lines.append(f"{space}{_yaml_name(name)}:\n{_yaml(item, indent + 2)}")
        else:
            lines.append(f"{space}{_yaml_name(name)}: {_yaml_text(item)}")
    return "\n".join(lines)


def _yaml_name(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z]+", name) else json.dumps(name)


def _yaml_text(text: str) -> str:
    function = _function(text)
    if isinstance(function, str):
        return json.dumps(function)
    ((name, argument),) = function.items()
    if name == "Fn::GetAtt":
        return f"!GetAtt {'.'.join(argument)}"
    return f"!{name.removeprefix('Fn::')} {json.dumps(argument)}"


def jsonencode(policy: Policy, kind: str) -> str:
    return _terraform(kind, f"jsonencode({_hcl(policy, 2)})")


def data_source(policy: Policy, kind: str) -> str | None:
    """As `aws_iam_policy_document`, if its arguments can express it."""
    lines = ['data "aws_iam_policy_document" "own" {']
    if policy.get("Version") != "2012-10-17":
        lines.append(f"  version = {_hcl_text(policy.get('Version', ''))}")
    for statement in policy["Statement"]:
        if not _is_expressible(statement):
            return None
        lines.append("  statement {")
        for name, item in statement.items():
            if name in _ARGUMENTS:
                is_list = name not in ("Sid", "Effect")
                values = _as_list(item) if is_list else item
                lines.append(f"    {_ARGUMENTS[name]} = {_hcl(values, 4, variable='&')}")
            elif name == "Principal":
                lines += _principals(item)
            else:
                lines += _conditions(item)
        lines.append("  }")
    lines.append("}\n")
    document = "\n".join(lines) + "\n"
    return _terraform(kind, "data.aws_iam_policy_document.own.json", document)


def _is_expressible(statement: dict[str, Any]) -> bool:
    known = all(name in _ARGUMENTS or name in ("Principal", "Condition") for name in statement)
    conditions = all(isinstance(keys, dict) for keys in statement.get("Condition", {}).values())
    # Without `effect` a statement allows.
    return known and conditions and "Effect" in statement


def _as_list(item: Any) -> list[Any]:
    return item if isinstance(item, list) else [item]


def _principals(principal: Any) -> list[str]:
    named = principal if isinstance(principal, dict) else {"*": principal}
    lines = []
    for of_type, identifiers in named.items():
        lines += ["    principals {", f"      type = {_hcl_text(of_type)}"]
        lines += [f"      identifiers = {_hcl(_as_list(identifiers), 6)}", "    }"]
    return lines


def _conditions(conditions: dict[str, dict[str, Any]]) -> list[str]:
    lines = []
    for operator, keys in conditions.items():
        for key, values in keys.items():
            lines += ["    condition {", f"      test = {_hcl_text(operator)}", f"      variable = {_hcl_text(key)}"]
            lines += [f"      values = {_hcl(_as_list(values), 6, variable='&')}", "    }"]
    return lines


def _terraform(kind: str, policy: str, document: str = "") -> str:
    places = {
        "identity": ("aws_iam_policy", "policy", ""),
        "trust": ("aws_iam_role", "assume_role_policy", ""),
        "bucket": ("aws_s3_bucket_policy", "policy", '  bucket = "exports"\n'),
        "scp": ("aws_organizations_policy", "content", '  name = "guard"\n  type = "SERVICE_CONTROL_POLICY"\n'),
    }
    of_type, argument, rest = places[kind]
    used = [text for name, text in _TERRAFORM_RESOURCES.items() if name in document + policy]
    return f'{document}{"".join(used)}resource "{of_type}" "own" {{\n{rest}  {argument} = {policy}\n}}\n'


def _hcl(value: Any, indent: int, variable: str = "$") -> str:
    space = " " * indent
    if isinstance(value, dict):
        items = (f"{space}  {json.dumps(name)} = {_hcl(item, indent + 2, variable)}" for name, item in value.items())
        return "{\n" + "\n".join(items) + f"\n{space}}}"
    if isinstance(value, list):
        items = (f"{space}  {_hcl(item, indent + 2, variable)}," for item in value)
        return "[\n" + "\n".join(items) + f"\n{space}]"
    return _hcl_text(value, variable)


def _hcl_text(text: str, variable: str = "$") -> str:
    if found := _reference(text):
        (name, _), rest = found
        return f'"${{{name}}}{rest}"' if rest else name
    # In `aws_iam_policy_document` a policy variable is `&{aws:username}`, elsewhere `$${aws:username}`.
    return json.dumps(text).replace("${", "&{" if variable == "&" else "$${")


LANGUAGES = {
    "JSON": (".json", plain),
    "Terraform, data source": (".tf", data_source),
    "Terraform, jsonencode": (".tf", jsonencode),
    "CloudFormation, YAML": (".yaml", cloudformation_yaml),
    "CloudFormation, JSON": (".json", cloudformation_json),
}
