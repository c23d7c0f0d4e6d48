"""What moto gets wrong of IAM, mended as far as our roles need it.

What is mended, each against the AWS page that says how it is:

1. Patterns. To moto `?` and `.` are regular expressions, and actions are told apart by case.
   https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
2. Statements. In moto a trust policy without an AWS principal ends in a crash, one that allows somebody else denies
   what another statement allows, and `NotResource` is not looked at.
   https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
3. Resources. moto asks whether calls of Secrets Manager, KMS, CloudWatch Logs and ECR are allowed on `*`.
   https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
4. `HeadBucket`, which is authorized as `s3:ListBucket`.
   https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
5. `CreateRole` takes any text for a trust policy, although `UpdateAssumeRolePolicy` checks it.
   https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
6. CloudFormation's roles: inline policies become the text of a Python object, and `ManagedPolicyArns` is not looked at.
   https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
7. `AWS::Partition`, which is `aws` everywhere.
   https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html
8. Calls side by side, as Terraform makes them. moto answers each in a thread of its own, and no lock guards what all
   of them change: once in many runs a call ends in HTTP 500. Here they are answered one after the other.

What is not mended: conditions, permissions boundaries and policy variables are not looked at, so no row of the table
rests on them. Each of these mends replaces a function of moto's; none is needed by anyone else.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterable
from typing import Any

from moto.cloudformation.parsing import ResourceMap
from moto.core.responses import BaseResponse
from moto.ecr.responses import ECRResponse
from moto.iam.access_control import IAMPolicyStatement, PermissionResult
from moto.iam.models import IAMBackend, Role, iam_backends
from moto.iam.policy_validation import IAMTrustPolicyDocumentValidator
from moto.kms.responses import KmsResponse
from moto.logs.responses import LogsResponse
from moto.moto_server.werkzeug_app import DomainDispatcherApplication
from moto.s3 import responses as s3
from moto.secretsmanager.responses import SecretsManagerResponse
from moto.utilities.utils import get_partition


def mend() -> None:
    """Before the server begins to answer."""
    IAMPolicyStatement.is_action_permitted = _judged
    SecretsManagerResponse._determine_resource = _secret
    KmsResponse._determine_resource = _key
    LogsResponse._determine_resource = _log_stream
    ECRResponse._determine_resource = _repository
    s3.ACTION_MAP["BUCKET"]["HEAD"]["DEFAULT"] = "ListBucket"
    IAMBackend.create_role = _checked(IAMBackend.create_role)
    DomainDispatcherApplication.__call__ = _in_turn(DomainDispatcherApplication.__call__)
    ResourceMap.__init__ = _in_its_partition(ResourceMap.__init__)
    Role.create_from_cloudformation_json = classmethod(_from_template(Role.create_from_cloudformation_json.__func__))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _matches(patterns: Any, value: str, flags: int = 0) -> bool:
    wild = {"*": ".*", "?": "."}
    expressions = ("".join(wild.get(c) or re.escape(c) for c in pattern) for pattern in _listed(patterns))
    return any(re.fullmatch(expression, value, flags | re.DOTALL) for expression in expressions)


def _judged(
    self: IAMPolicyStatement, action: str, resource: str = "*", principal: str | None = None, _values: Any = None
) -> PermissionResult:
    statement = self._statement
    applies = (
        _concerns(statement, "Action", action, re.IGNORECASE)
        and _concerns(statement, "Resource", resource)
        and (principal is None or _names(statement.get("Principal", {}), principal))
    )
    if not applies:
        return PermissionResult.NEUTRAL
    return PermissionResult.PERMITTED if statement["Effect"] == "Allow" else PermissionResult.DENIED


def _concerns(statement: dict[str, Any], element: str, value: str, flags: int = 0) -> bool:
    """Trust policies have no `Resource`: they are about the role that has them."""
    if f"Not{element}" in statement:
        return not _matches(statement[f"Not{element}"], value, flags)
    return element not in statement or _matches(statement[element], value, flags)


def _names(principals: Any, caller: str) -> bool:
    if principals == "*":
        return True
    account = caller.split(":")[4]
    root = ":".join([*caller.split(":")[:2], "iam", "", account, "root"])
    return any(named in ("*", caller, account, root) for named in _listed(principals.get("AWS", [])))


def _arn(response: BaseResponse, service: str, resource: str) -> str:
    partition = get_partition(response.region)
    return f"arn:{partition}:{service}:{response.region}:{response.current_account}:{resource}"


def _secret(self: SecretsManagerResponse) -> str:
    """By whichever of its names a secret is asked for, its ARN."""
    asked_for = self._get_param("SecretId")
    if not asked_for:
        return "*"
    secret = self.backend.secrets.get(asked_for)
    return asked_for if secret is None else secret.arn


def _key(self: KmsResponse) -> str:
    """Of what is decrypted, moto has the key's id at the beginning."""
    asked_for = self._get_param("KeyId")
    blob = self._get_param("CiphertextBlob")
    if not asked_for and blob:
        asked_for = blob[:36].decode()
    if not asked_for:
        return "*"
    return _arn(self, "kms", f"key/{self.kms_backend.get_key_id(asked_for)}")


def _log_stream(self: LogsResponse) -> str:
    group = self._get_param("logGroupName")
    stream = self._get_param("logStreamName")
    return _arn(self, "logs", f"log-group:{group}:log-stream:{stream or ''}") if group else "*"


def _repository(self: ECRResponse) -> str:
    name = self._get_param("repositoryName")
    return _arn(self, "ecr", f"repository/{name}") if name else "*"


def _checked(create: Callable[..., Role]) -> Callable[..., Role]:
    def create_role(
        self: IAMBackend, role_name: str, assume_role_policy_document: str, *rest: Any, **named: Any
    ) -> Role:
        IAMTrustPolicyDocumentValidator(assume_role_policy_document).validate()
        return create(self, role_name, assume_role_policy_document, *rest, **named)

    return create_role


def _from_template(create: Callable[..., Role]) -> Callable[..., Role]:
    def create_from_cloudformation_json(
        cls: type[Role], name: str, resource: dict[str, Any], account: str, region: str, **named: Any
    ) -> Role:
        properties = dict(resource["Properties"])
        policies = properties.pop("Policies", [])
        role = create(cls, name, resource | {"Properties": properties}, account, region, **named)
        backend = iam_backends[account][get_partition(region)]
        for policy in policies:
            backend.put_role_policy(role.name, policy["PolicyName"], json.dumps(policy["PolicyDocument"]))
        for arn in properties.get("ManagedPolicyArns", []):
            backend.attach_role_policy(arn, role.name)
        return role

    return create_from_cloudformation_json


def _in_its_partition(make: Callable[..., None]) -> Callable[..., None]:
    def made(self: ResourceMap, *rest: Any, **named: Any) -> None:
        make(self, *rest, **named)
        self._parsed_resources["AWS::Partition"] = get_partition(self._region_name)

    return made


def _in_turn(answer: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    turn = threading.Lock()

    def answered(self: DomainDispatcherApplication, *call: Any) -> Iterable[bytes]:
        with turn:
            return answer(self, *call)

    return answered
