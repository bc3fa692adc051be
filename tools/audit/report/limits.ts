/** What the folder does not show, said first: a title and a sentence each. */
export const NOT_PROVED: readonly (readonly [string, string])[] = [
  [
    "That it is deployed so",
    "This is what Terraform is asked to make, not what an account holds. terraform plan, with these settings and this commit, shows the difference.",
  ],
  [
    "What charts and EKS bring",
    "Objects that Helm charts and EKS add-ons make in kube-system and amazon-cloudwatch, and node images, are judged by version and values only. The EFS CSI driver is privileged; the agents of CloudWatch have the network and the file system of every node.",
  ],
  [
    "What managed policies of AWS allow",
    "They are named, and AWS may change them.",
  ],
  [
    "What Wave does while it runs",
    "Wave makes the build pods, and no Terraform describes them. The namespace, the quota, the network policy and the role around them are here.",
  ],
  [
    "Who is behind a principal",
    "The roles that the settings name, the account's other users, its organisation's policies and its CloudTrail are the operator's.",
  ],
  [
    "That a scanner or an auditor agrees",
    "The rules ask what checkov does not: what it asks is no rule here. Whether it ran says table scanner; trivy and prowler did not: terraform/ is for them.",
  ],
  [
    "That a requirement is met",
    "docs/requirements.md names the tests of each; npm test is the proof, not this folder.",
  ],
  [
    "That support dates still hold",
    "They are as docs/versions.md of the repository read them, which has source and day of each.",
  ],
];
