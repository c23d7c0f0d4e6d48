use policy_macros::resource_arn;

resource_arn! { pub struct LedgerArn: "qldb:leger" }
resource_arn! { pub struct Service: "qldbb:ledger" }
resource_arn! { pub struct Case: "secretsmanager:secret" }
resource_arn! { pub struct Unknown: "sqs:message" }
resource_arn! { pub struct NoService: "ledger" }
resource_arn! { pub struct Several: "apigateway:Stage" }
resource_arn! { pub struct AnyService: "backup:recoveryPoint" }
resource_arn! { pub struct Open: "amplifybackend:backend" }
resource_arn! { pub struct QueueArn: "connect:queue" }
resource_arn! { pub enum NoStruct: "qldb:ledger" }
resource_arn! { pub struct NoType }
resource_arn! { pub struct One: "sqs:queue"; pub struct Two: "sns:topic"; }
resource_arn! { pub struct Words: "events:rule" }
resource_arn! { pub struct OneOfMany: "events:timetable" }
resource_arn! { pub struct HasTheType: "sq:queue" }
resource_arn! { pub struct OnlyService: "quantum:ledger" }
resource_arn! { pub struct NearService: "event:timetable" }
resource_arn! { pub struct Unquoted: qldb:ledger }
resource_arn! { pub struct Path: step-functions::state machine }

fn main() {}
