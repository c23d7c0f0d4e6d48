"""Policies of n elements of one kind: what would make a checker slow that compares each with each.

    families.py                     the names of the families
    families.py NAME COUNT          one of them, with so many elements
    families.py NAME --bytes COUNT  the same, as long as that at least
"""

import json
import sys


def policy(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def statement(**elements):
    return {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"} | elements


def of_resources(resources, **elements):
    return policy(statement(Resource=resources, **elements))


def of_condition(**lines):
    return policy(statement(Condition=lines))


def of_template(policy):
    return {"Resources": {"P": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": policy}}}}


def numbered(n, text):
    """n texts, `#` in them a number, `@` one of which none is a part of another."""
    return [text.replace("#", str(index)).replace("@", f"{index:06}") for index in range(n)]


def raw(head, members, tail):
    """What no dictionary holds: members with the same name."""
    return head + ", ".join(members) + tail


def members(n, text):
    head = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
    return raw(head, numbered(n, text), "}]}")


def template_around(n, text):
    """A template of n policies, with a member n times."""
    resource = {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": policy(statement())}}
    resources = dict.fromkeys(numbered(n, "P#"), resource)
    return raw("{", [*numbered(n, text), '"Resources": ' + json.dumps(resources)], "}")


def trust(principals):
    return policy({"Effect": "Allow", "Principal": principals, "Action": "sts:AssumeRole"})


def shared(principals):
    return policy(statement(Principal=principals, Resource="arn:aws:s3:::bucket/*"))


BUCKET = "arn:aws:s3:::bucket"

FAMILIES = {
    # Patterns of one list, or of an `Allow` and a `Deny`.
    "resources-wild-allow-deny": lambda n: policy(
        statement(Resource=numbered(n, "arn:aws:s3:::b*u*@*")),
        statement(Resource=numbered(n, "arn:aws:s3:::b*u*@*"), Effect="Deny"),
    ),
    "resources-of-four-stars": lambda n: of_resources(numbered(n, "arn:aws:s3:::*a*@*b*")),
    "resources-with-variables": lambda n: of_resources(numbered(n, BUCKET + "/${aws:username}/#")),
    "resources-prefixes": lambda n: of_resources(numbered(n, BUCKET + "/#*")),
    "resources-prefixes-twice": lambda n: of_resources(numbered(n // 2, BUCKET + "/#*") + numbered(n // 2, BUCKET + "/#**")),
    "resources-literal": lambda n: of_resources(numbered(n, BUCKET + "/#")),
    "resources-equal": lambda n: of_resources([BUCKET + "/key"] * n),
    "resources-unfit": lambda n: of_resources(numbered(n, "arn:aws:s3:::bucket#")),
    "resources-of-no-type": lambda n: of_resources(numbered(n, "arn:aws:sqs:eu-west-1:111122223333:queue/#"), Action="sqs:SendMessage"),
    "resources-malformed": lambda n: of_resources(numbered(n, "bucket#")),
    "resources-not": lambda n: policy(
        {"Effect": "Allow", "Action": "s3:*", "NotResource": numbered(n, BUCKET + "*@")},
        {"Effect": "Deny", "Action": "s3:*", "NotResource": numbered(n, BUCKET + "*@*")},
    ),
    "actions-wild": lambda n: policy(statement(Action=numbered(n, "s3:*G*e*t*@*"))),
    "actions-prefixes": lambda n: policy(statement(Action=numbered(n, "s3:Get#*"))),
    "actions-equal": lambda n: policy(statement(Action=["s3:GetObject"] * n)),
    "actions-short": lambda n: policy(statement(Action=["a:b"] * n)),
    "actions-unknown": lambda n: policy(statement(Action=numbered(n, "s3:GetObjectNumber#"))),
    "actions-of-no-service": lambda n: policy(statement(Action=numbered(n, "ec#:RunInstances"))),
    "actions-of-any-service": lambda n: policy(statement(Action=numbered(n, "*:*%#"))),
    "actions-unfit": lambda n: policy(
        statement(Action=["s3:ListBucket", "s3:GetBucketLocation"] * n, Resource=BUCKET + "/*")
    ),
    "actions-and-resources": lambda n: policy(
        statement(Action=["s3:GetObject", "s3:*Object*"] * n, Resource=numbered(n, "arn:aws:sns:eu-west-1:111122223333:t#"))
    ),
    # Statements.
    "statements-of-one-length": lambda n: policy(*(statement(Resource=f"{BUCKET}/{index:09}") for index in range(n))),
    "statements-different": lambda n: policy(
        *(statement(Sid=f"S{index}", Resource=f"{BUCKET}/{index}") for index in range(n))
    ),
    "statements-allow-deny": lambda n: policy(
        *(statement(Effect=("Allow", "Deny")[index % 2], Resource=f"{BUCKET}/{index}") for index in range(n))
    ),
    "statements-of-lists": lambda n: policy(
        *(
            statement(Action=[f"s3:Get{index}*", f"s3:Put{index}*", f"sqs:Send{index}*"],
                      Resource=[f"{BUCKET}/{index}/*", f"{BUCKET}/x{index}/*"])
            for index in range(n)
        )
    ),
    # Each has a list of all that are in those before it, and so can be joined with what they are joined to.
    "statements-in-stairs": lambda n: policy(
        *(
            statement(Action=numbered(index // 2 + 1, "s3:Get#"),
                      Resource=f"{BUCKET}/{index // 2}") if index % 2 == 0 else
            statement(Action=f"s3:Get{index // 2 + 1}",
                      Resource=numbered(index // 2 + 1, BUCKET + "/#"))
            for index in range(int((2 * n) ** 0.5))
        )
    ),
    "statements-equal": lambda n: policy(*([statement()] * n)),
    "statements-of-one-sid": lambda n: policy(*([statement(Sid="Same")] * n)),
    "statements-with-an-error": lambda n: policy(*(statement(Action=f"s3:GetObjct{index}") for index in range(n))),
    "statements-pass-role": lambda n: policy(
        *(statement(Action="iam:PassRole", Resource=f"arn:aws:iam::111122223333:role/r{index}") for index in range(n))
    ),
    "statements-empty": lambda n: policy(*([{}] * n)),
    "statements-deny-bare": lambda n: policy(*([{"Effect": "Deny"}] * n)),
    "statements-deny-conditions": lambda n: policy(
        *(
            statement(Effect="Deny", Resource=f"{BUCKET}/{index}",
                      Condition={"StringNotEquals": {"aws:PrincipalTag/team": "x"}, "Bool": {"aws:SecureTransport": "false"}})
            for index in range(n)
        )
    ),
    "statements-deny-prefix": lambda n: policy(
        *(
            statement(Effect="Deny", Action=["s3:ListBucket", "s3:GetObject"], Resource="*",
                      Condition={"StringEquals": {"s3:prefix": f"p{index}"}})
            for index in range(n)
        )
    ),
    "statements-not-action": lambda n: policy(
        *({"Effect": "Allow", "NotAction": f"s3:Get{index}*", "Resource": "*"} for index in range(n))
    ),
    "statements-public": lambda n: policy(
        *(statement(Principal="*", Resource=f"{BUCKET}/{index}") for index in range(n))
    ),
    "statements-of-a-secret": lambda n: policy(
        *([statement(Sid="a b", Principal={"AWS": "111122223333"}, Action="secretsmanager:GetSecretValue", Resource="*")] * n)
    ),
    "statements-launch": lambda n: policy(
        *(statement(Action="ec2:RunInstances", Resource="*", Condition={"StringEquals": {f"aws:RequestTag/t{index}": "x"}})
          for index in range(n))
    ),
    "statements-deny-pass-role": lambda n: policy(
        *(
            statement(Action=["iam:PassRole", "iam:CreateRole", "lambda:*"], Effect=("Allow", "Deny")[index % 2],
                      Resource=f"arn:aws:iam::111122223333:role/r{index}*")
            for index in range(n)
        )
    ),
    # Conditions.
    "condition-keys": lambda n: of_condition(StringEquals={f"aws:RequestTag/t{index}": "x" for index in range(n)}),
    "condition-keys-unknown": lambda n: of_condition(StringEquals={f"aws:Unknown{index}": "x" for index in range(n)}),
    "condition-keys-of-two-lines": lambda n: of_condition(
        StringLike={f"aws:RequestTag/t{index}": "x*y" for index in range(n)},
        StringNotLike={f"aws:RequestTag/t{index}": "x*" for index in range(n)},
    ),
    "condition-operators-unknown": lambda n: policy(
        statement(Condition={f"StringEqual{index}": {"aws:username": "x"} for index in range(n)})
    ),
    "condition-values-like": lambda n: of_condition(StringLike={"aws:username": numbered(n, "a*@*")}),
    "condition-values-of-two-lines": lambda n: of_condition(
        StringLike={"aws:username": numbered(n, "a@b")}, StringNotLike={"aws:username": numbered(n, "a*@b")}
    ),
    "condition-values-ip": lambda n: of_condition(
        IpAddress={"aws:SourceIp": [f"10.{index >> 8 & 255}.{index & 255}.0/24" for index in range(n)]}
    ),
    "condition-values-numbers": lambda n: of_condition(NumericLessThan={"s3:max-keys": numbered(n, "#")}),
    "condition-values-variables": lambda n: of_condition(StringLike={"s3:prefix": numbered(n, "${aws:usernme}/#")}),
    # Principals.
    "principals-accounts": lambda n: shared({"AWS": [f"{111122220000 + index % 10000}" for index in range(n)]}),
    "principals-roles": lambda n: trust({"AWS": numbered(n, "arn:aws:iam::111122223333:role/r#")}),
    "principals-sessions": lambda n: trust({"AWS": numbered(n, "arn:aws:sts::111122223333:assumed-role/r#/s")
                                            + numbered(n, "arn:aws:iam::111122223333:role/r#")}),
    "principals-services": lambda n: trust({"Service": numbered(n, "s#.amazonaws.com")}),
    "principals-providers": lambda n: policy(
        {"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
         "Principal": {"Federated": numbered(n, "arn:aws:iam::111122223333:oidc-provider/i#.example.com")},
         "Condition": {"StringEquals": {f"i{index}.example.com:sub": "x" for index in range(n)}}}
    ),
    "principals-pods": lambda n: policy(
        *([{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "pods.eks.amazonaws.com"}}] * n)
    ),
    "principals-keys": lambda n: trust({f"Aws{index}": "111122223333" for index in range(n)}),
    # Members.
    "members-unknown": lambda n: members(n, '"Unknown#": "x"'),
    "members-misspelt": lambda n: members(n, '"Resource#": "x"'),
    "members-duplicate": lambda n: members(n, '"Sid": "Read"'),
    "members-duplicate-unknown": lambda n: members(n, '"x": 0'),
    "members-of-the-policy": lambda n: raw('{"Version": "2012-10-17", "Statement": [], ', numbered(n, '"m#": 0'), "}"),
    "members-named-statement": lambda n: raw("{", numbered(n, '"x": {"Statement": []}'), "}"),
    # One string.
    "variables": lambda n: of_resources(BUCKET + "/" + "${aws:username}" * n),
    "variables-unknown": lambda n: of_resources(BUCKET + "/" + "${aws:usernme}" * n),
    "variables-unclosed": lambda n: of_resources(BUCKET + "/" + "${" * n),
    "variables-unclosed-default": lambda n: of_resources(BUCKET + "/" + "${aws:username, '" * n),
    "placeholders": lambda n: of_resources(BUCKET + "/" + "<key>" * n),
    "placeholders-half": lambda n: of_resources(BUCKET + "/" + "<" * n),
    "placeholders-half-escaped": lambda n: raw("", [json.dumps(of_resources("#" * n)).replace("#", "<\\u003c")], ""),
    "variables-unclosed-alone": lambda n: of_resources("${" * n),
    "placeholders-braces": lambda n: of_resources(BUCKET + "/" + "{{" * n),
    "placeholders-brace": lambda n: of_resources(BUCKET + "/" + "{a" * n),
    "placeholders-tags": lambda n: of_resources(BUCKET + "/" + "{%{#" * n),
    "placeholders-ellipses": lambda n: of_resources(BUCKET + "/" + "...a" * n),
    "placeholders-many": lambda n: of_resources(numbered(n, BUCKET + "/<key>/#")),
    "stars-against-stars": lambda n: of_resources([BUCKET + "/" + "a*" * n + "b", BUCKET + "/" + "*a" * n]),
    "stars-in-an-action": lambda n: policy(statement(Action=["s3:" + "G*" * n, "s3:" + "*e" * n])),
    "long-resource": lambda n: of_resources(BUCKET + "/" + "a" * n),
    "long-resource-of-parts": lambda n: of_resources("arn:aws:s3:::" + "/" * n),
    "long-colons": lambda n: of_resources([BUCKET + "/" + ":a" * n, "arn:aws:s3:*:*:*" + ":b" * n]),
    "long-action": lambda n: policy(statement(Action="s3:" + "a" * n)),
    "long-service": lambda n: policy(statement(Action="s" * n + ":GetObject")),
    "long-sid": lambda n: policy(statement(Sid="a" * n)),
    "long-member": lambda n: members(1, '"' + "a" * n + '": "x"'),
    "long-key": lambda n: of_condition(StringEquals={"aws:" + "a" * n: "x"}),
    "long-value": lambda n: of_condition(StringEquals={"aws:SourceIp": "a" * n}),
    "long-operator": lambda n: of_condition(**{"String" + "a" * n: {"aws:username": "x"}}),
    "long-principal": lambda n: trust({"AWS": "arn:aws:iam::111122223333:role" + "a" * n}),
    "long-service-principal": lambda n: trust({"Service": "a" * n + ".amazonaws.com"}),
    "long-effect": lambda n: policy(statement(Effect="Allow" + "a" * n)),
    # Characters that IAM does not allow in any policy.
    "characters": lambda n: of_resources(numbered(n, BUCKET + "/€#")),
    "characters-in-one": lambda n: of_resources(BUCKET + "/" + "€" * n),
    "regions-any": lambda n: of_resources(numbered(n, "arn:aws:sqs:*:111122223333:q#"), Action="sqs:SendMessage"),
    "variables": lambda n: of_resources(numbered(n, "${aws:PrincipalTag/t#}*")),
    "holes": lambda n: of_template(of_resources([{"Ref": name} for name in numbered(n, "R#")])),
    # What is around policies, and what each of them has of it.
    "around-macros": lambda n: template_around(n, '"Transform": "M#"'),
    "around-functions": lambda n: template_around(n, '"Fn::Transform": {}'),
    "around-patches": lambda n: template_around(n, '"patches": [{}]'),
    "around-conditions": lambda n: raw(
        '{"Resources": {"R": {"Type": "AWS::IAM::Role", ',
        [*numbered(n, '"Condition": "C#"'),
         '"Properties": {"Policies": ' + json.dumps([{"PolicyDocument": policy(statement())}] * n) + "}"],
        "}}}",
    ),
    "around-allowances": lambda n: {"Resources": {"R": {
        "Type": "AWS::IAM::Role",
        "Metadata": {"policy": {"allow": [
            {"code": "INVALID_ACTION", "subject": text, "reason": "x"} for text in numbered(n, "s3:Get#")
        ]}},
        "Properties": {"Policies": [{"PolicyDocument": policy(statement())}] * n},
    }}},
    "sam-templates": lambda n: {"Resources": {"F": {
        "Type": "AWS::Serverless::Function",
        "Properties": {"Policies": [{name: {"TableNam": "x"}} for name in numbered(n, "DynamoDBCrudPolicy#")]},
    }}},
    "policies-beside": lambda n: raw("{", numbered(n, '"Policy": 1'), ', "Statement": []}'),
    "secrets": lambda n: of_resources(
        numbered(n, "arn:aws:secretsmanager:eu-west-1:111122223333:secret:s#"), Action="secretsmanager:GetSecretValue"
    ),
    "log-groups": lambda n: of_resources(
        numbered(n, "arn:aws:logs:eu-west-1:111122223333:log-group:g#"), Action="logs:PutLogEvents"
    ),
}


def written(name, n):
    made = FAMILIES[name](n)
    return made if isinstance(made, str) else json.dumps(made, ensure_ascii=False)


def of_bytes(name, size):
    n = 1
    text = written(name, n)
    while len(text.encode()) < size:
        n = n * size // len(text.encode()) * 101 // 100 + 1
        text = written(name, n)
    return text


def main(arguments):
    match arguments:
        case []:
            print("\n".join(FAMILIES))
        case [name, "--bytes", size]:
            print(of_bytes(name, int(size)))
        case [name, count]:
            print(written(name, int(count)))


if __name__ == "__main__":
    main(sys.argv[1:])
