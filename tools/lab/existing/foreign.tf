# A VPC and a cluster as a company has them: made by somebody else, with names, tags and security groups of their own, and
# with nothing in them that Wave on EKS asks for by tag. Its state is its own. tools/lab/existing/foreign.ts applies it.

variable "region" {
  type = string
}

# Who gets an access entry; another project deploys into the cluster.
variable "deployer" {
  type = string
}

variable "vpc_cidrs" {
  type = list(string)
}

# Ranges by zone letter.
variable "private" {
  type = map(string)
}

variable "public" {
  type = map(string)
}

variable "cluster" {
  type = object({
    name         = string
    version      = string
    service_cidr = string
  })
}

# Labels of the nodes, by node group.
variable "node_groups" {
  type = map(map(string))
}

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region      = var.region
  max_retries = 3

  default_tags {
    tags = {
      CostCentre = "4711"
      ManagedBy  = "platform-team"
    }
  }
}

# ---------------------------------------------------------------- VPC

resource "aws_vpc" "this" {
  cidr_block           = var.vpc_cidrs[0]
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags                 = { Name = "company" }
}

resource "aws_vpc_ipv4_cidr_block_association" "more" {
  for_each   = toset(slice(var.vpc_cidrs, 1, length(var.vpc_cidrs)))
  vpc_id     = aws_vpc.this.id
  cidr_block = each.value
}

resource "aws_subnet" "private" {
  for_each          = var.private
  vpc_id            = aws_vpc.this.id
  cidr_block        = each.value
  availability_zone = "${var.region}${each.key}"
  tags              = { Name = "company-private-${each.key}" }
  depends_on        = [aws_vpc_ipv4_cidr_block_association.more]
}

resource "aws_subnet" "public" {
  for_each                = var.public
  vpc_id                  = aws_vpc.this.id
  cidr_block              = each.value
  availability_zone       = "${var.region}${each.key}"
  map_public_ip_on_launch = true
  tags                    = { Name = "company-public-${each.key}" }
  depends_on              = [aws_vpc_ipv4_cidr_block_association.more]
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id
  tags   = { Name = "company" }
}

resource "aws_eip" "nat" {
  domain = "vpc"
  tags   = { Name = "company-nat" }
}

resource "aws_nat_gateway" "this" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.public[keys(var.public)[0]].id
  tags          = { Name = "company" }
  depends_on    = [aws_internet_gateway.this]
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id
  tags   = { Name = "company-public" }
}

resource "aws_route" "internet" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}

resource "aws_route_table_association" "public" {
  for_each       = aws_subnet.public
  route_table_id = aws_route_table.public.id
  subnet_id      = each.value.id
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.this.id
  tags   = { Name = "company-private" }
}

resource "aws_route" "nat" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this.id
}

resource "aws_route_table_association" "private" {
  for_each       = aws_subnet.private
  route_table_id = aws_route_table.private.id
  subnet_id      = each.value.id
}

# ---------------------------------------------------------------- Cluster

data "aws_iam_policy_document" "trust" {
  for_each = toset(["eks", "ec2"])

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["${each.key}.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "cluster" {
  name               = "${var.cluster.name}-control-plane"
  assume_role_policy = data.aws_iam_policy_document.trust["eks"].json
}

resource "aws_iam_role_policy_attachment" "cluster" {
  role       = aws_iam_role.cluster.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"
}

resource "aws_eks_cluster" "this" {
  name     = var.cluster.name
  version  = var.cluster.version
  role_arn = aws_iam_role.cluster.arn

  vpc_config {
    subnet_ids              = [for subnet in aws_subnet.private : subnet.id]
    endpoint_private_access = true
    endpoint_public_access  = true
  }

  kubernetes_network_config {
    service_ipv4_cidr = var.cluster.service_cidr
  }

  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = false
  }

  depends_on = [aws_iam_role_policy_attachment.cluster]
}

resource "aws_iam_role" "owner" {
  name               = "platform-team"
  assume_role_policy = data.aws_iam_policy_document.trust["ec2"].json
}

resource "aws_eks_access_entry" "this" {
  for_each      = { owner = aws_iam_role.owner.arn, deployer = var.deployer }
  cluster_name  = aws_eks_cluster.this.name
  principal_arn = each.value
}

resource "aws_eks_access_policy_association" "this" {
  for_each      = aws_eks_access_entry.this
  cluster_name  = aws_eks_cluster.this.name
  principal_arn = each.value.principal_arn
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"

  access_scope {
    type = "cluster"
  }
}

resource "aws_iam_openid_connect_provider" "this" {
  url             = aws_eks_cluster.this.identity[0].oidc[0].issuer
  client_id_list  = ["sts.amazonaws.com"]
  thumbprint_list = ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"]
}

resource "aws_eks_addon" "this" {
  for_each     = toset(["vpc-cni", "kube-proxy", "metrics-server"])
  cluster_name = aws_eks_cluster.this.name
  addon_name   = each.key
  depends_on   = [aws_eks_node_group.this]
}

# ---------------------------------------------------------------- Nodes

# The only group that its nodes are in: the cluster's own is not among them.
resource "aws_security_group" "nodes" {
  name        = "${var.cluster.name}-nodes"
  description = "Nodes"
  vpc_id      = aws_vpc.this.id
  tags        = { Name = "${var.cluster.name}-nodes" }
}

resource "aws_vpc_security_group_ingress_rule" "between_nodes" {
  security_group_id            = aws_security_group.nodes.id
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "-1"
  description                  = "Nodes to each other"
}

resource "aws_vpc_security_group_ingress_rule" "from_control_plane" {
  security_group_id            = aws_security_group.nodes.id
  referenced_security_group_id = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 1025
  to_port                      = 65535
  description                  = "Control plane to nodes"
}

resource "aws_vpc_security_group_ingress_rule" "to_control_plane" {
  security_group_id            = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  description                  = "Nodes to control plane"
}

resource "aws_vpc_security_group_egress_rule" "nodes" {
  security_group_id = aws_security_group.nodes.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
  description       = "All"
}

resource "aws_iam_role" "nodes" {
  name               = "${var.cluster.name}-nodes"
  assume_role_policy = data.aws_iam_policy_document.trust["ec2"].json
}

resource "aws_iam_role_policy_attachment" "nodes" {
  for_each   = toset(["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryReadOnly"])
  role       = aws_iam_role.nodes.name
  policy_arn = "arn:aws:iam::aws:policy/${each.key}"
}

resource "aws_launch_template" "nodes" {
  name                   = "${var.cluster.name}-nodes"
  vpc_security_group_ids = [aws_security_group.nodes.id]
}

resource "aws_eks_node_group" "this" {
  for_each        = var.node_groups
  cluster_name    = aws_eks_cluster.this.name
  node_group_name = each.key
  node_role_arn   = aws_iam_role.nodes.arn
  subnet_ids      = [for subnet in aws_subnet.private : subnet.id]
  instance_types  = ["m5.2xlarge"]
  labels          = each.value

  launch_template {
    id      = aws_launch_template.nodes.id
    version = aws_launch_template.nodes.latest_version
  }

  scaling_config {
    min_size     = 1
    desired_size = 2
    max_size     = 3
  }

  depends_on = [aws_iam_role_policy_attachment.nodes]
}

# ---------------------------------------------------------------- What its owner tells the settings file

output "ids" {
  value = {
    vpcId                 = aws_vpc.this.id
    private               = { for zone, subnet in aws_subnet.private : zone => subnet.id }
    public                = { for zone, subnet in aws_subnet.public : zone => subnet.id }
    clientSecurityGroupId = aws_security_group.nodes.id
    odd = {
      vpcId = aws_vpc.other.id
      small = { id = aws_subnet.small.id, cidr = aws_subnet.small.cidr_block }
      full  = { id = aws_subnet.full.id, cidr = aws_subnet.full.cidr_block }
    }
  }
}
