# syntax=docker/dockerfile:1.7

# The one binary, statically linked and without the embedded Temporal engine: a deployment with containers has a
# Temporal cluster of its own.
FROM golang:1.26.8-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 go build -trimpath -tags external -ldflags="-s -w" -o /out/secretariat ./cmd/secretariat \
    && mkdir /out/files

# Nothing but the binary, the certificates it checks others with, the time zones and the folder of stored documents.
FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /usr/local/go/lib/time/zoneinfo.zip /usr/local/share/zoneinfo.zip
COPY --from=build /out/secretariat /usr/local/bin/secretariat
COPY --from=build --chown=65532:65532 /out/files /var/lib/secretariat
ENV PATH=/usr/local/bin ZONEINFO=/usr/local/share/zoneinfo.zip SECRETARIAT_FILES=/var/lib/secretariat
USER 65532:65532
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=6 CMD ["secretariat", "health"]
ENTRYPOINT ["secretariat"]
CMD ["serve"]
