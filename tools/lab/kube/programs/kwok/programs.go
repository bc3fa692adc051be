//go:build tools

// Package programs names what `npm run lab` builds.
package programs

import _ "sigs.k8s.io/kwok/cmd/kwok"
