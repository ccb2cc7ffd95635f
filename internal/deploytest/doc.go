// Package deploytest holds the production deployment (docker-compose.yml, Dockerfile and what lies in deploy) to what
// it promises: pinned images, no root, nothing published beyond this machine, health checks, an order of start, and a
// Dockerfile that agrees with the compose file. Its tests run what of it can run without containers.
package deploytest
