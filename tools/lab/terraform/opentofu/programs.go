//go:build tools

// Package programs names what `npm run lab` builds.
package programs

import _ "github.com/opentofu/opentofu/cmd/tofu"
