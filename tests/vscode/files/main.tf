resource "aws_iam_role_policy" "reader" {
  name = "reader"
  role = "reader"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:GetObjct"
      Resource = "arn:aws:s3:::exports/*"
    }]
  })
}
