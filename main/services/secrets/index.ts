import { os } from '../console.ts'
import { signalOf } from '../signals.ts'
import type { SecretsService } from './secrets-service.ts'

export { ownKey } from './own-key.ts'
export type { Keychain, SecretStore, SecretsFile } from './secret-store.ts'
export { SecretsService } from './secrets-service.ts'

/** `secrets.*` of the console's contract. */
export function secretHandlers(secrets: SecretsService) {
  return {
    status: os.secrets.status.handler(() => secrets.status()),
    watch: os.secrets.watch.handler(({ signal }) => secrets.watch(signalOf({ signal }))),
    create: os.secrets.create.handler(({ input, context }) => secrets.create(input.passphrase, context.origin)),
    unlock: os.secrets.unlock.handler(({ input, context }) => secrets.unlock(input.passphrase, context.origin)),
  }
}
