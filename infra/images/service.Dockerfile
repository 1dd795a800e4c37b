# One image for every service: Node runs them from their source, and they differ by their command.
FROM node:24.4-bookworm-slim AS packages
WORKDIR /app
ENV CI=true
COPY . .
RUN npx --yes "$(node -p "require('./package.json').packageManager")" install --frozen-lockfile --pm-on-fail=ignore
# Without a way to the weights the image is built all the same, and reads faces with face-api.
RUN node packages/faces/cli/fetch-weights.ts --cache /app/face-weights || true

FROM node:24.4-bookworm-slim
WORKDIR /app
COPY --from=packages /app /app
# The folders that volumes cover, owned by the user that writes there.
RUN install -d -o node -g node /var/mail/thepixstock /var/cache/thepixstock /var/spool/thepixstock/camera
USER node
ENTRYPOINT ["node"]
