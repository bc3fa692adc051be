# What no settings file should name: each is caught by its own message. Beside foreign.tf, in the same state.

# Another VPC with the same range, in which names do not resolve.
resource "aws_vpc" "other" {
  cidr_block           = var.vpc_cidrs[0]
  enable_dns_support   = false
  enable_dns_hostnames = false
  tags                 = { Name = "other" }
}

# Too small for nodes, not private, and without a way out.
resource "aws_subnet" "small" {
  vpc_id                  = aws_vpc.this.id
  cidr_block              = cidrsubnet(var.vpc_cidrs[0], 12, 4094)
  availability_zone       = "${var.region}${keys(var.private)[0]}"
  map_public_ip_on_launch = true
  tags                    = { Name = "company-small" }
}

resource "aws_route_table" "closed" {
  vpc_id = aws_vpc.this.id
  tags   = { Name = "company-closed" }
}

resource "aws_route_table_association" "closed" {
  route_table_id = aws_route_table.closed.id
  subnet_id      = aws_subnet.small.id
}

# Too full for a load balancer.
resource "aws_subnet" "full" {
  vpc_id            = aws_vpc.this.id
  cidr_block        = cidrsubnet(var.vpc_cidrs[0], 12, 4095)
  availability_zone = "${var.region}${keys(var.public)[0]}"
  tags              = { Name = "company-full" }
}

resource "aws_network_interface" "full" {
  count     = 4
  subnet_id = aws_subnet.full.id
}
