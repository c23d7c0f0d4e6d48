//! Names of CloudFormation for resource types.

use policy_macros::resource_arn;

resource_arn! { pub struct LedgerArn: "AWS::QLDB::Ledger" }
resource_arn! { pub struct OtherType: "AWS::Backup::BackupSelection" }
resource_arn! { pub struct OtherService: "AWS::Serverless::Function" }
resource_arn! { pub struct NoType: "AWS::QLDB" }

fn main() {}
