import type { SecretStoreStatus } from '../../../contract/console/secrets.ts'
import { conflictFor, Fault, refused } from '../../../contract/errors.ts'
import { type Reason, ReasonedError, reasonOf } from '../../../contract/reasons.ts'
import type { SettingStore } from '../../store/index.ts'
import type { AuditService } from '../audit/index.ts'
import { Changes } from '../changes.ts'
import type { Keychain, SecretStore, SecretsFile } from './secret-store.ts'

const MINIMUM_LENGTH = 12
const CHOSEN = 'secret-store'
const FILE_IN_USE = reasonOf('secrets_in_file')

interface Deps {
  readonly keychain: Keychain
  readonly file: SecretsFile
  readonly settings: SettingStore
  readonly audit: Pick<AuditService, 'perform' | 'record'>
}

/**
 * Where this console's secrets are: the keychain where it works, else an encrypted file. Once chosen, a data
 * directory stays with its choice: a second, empty store would lock the agents' credentials out for good.
 */
export class SecretsService {
  readonly #keychain: Keychain
  readonly #file: SecretsFile
  readonly #settings: SettingStore
  readonly #audit: Deps['audit']
  readonly #changes = new Changes<'status'>()
  #store: SecretStore | undefined
  #status: Promise<SecretStoreStatus> | undefined

  constructor({ keychain, file, settings, audit }: Deps) {
    this.#keychain = keychain
    this.#file = file
    this.#settings = settings
    this.#audit = audit
  }

  /** Which store is in use and whether it is open. A keychain that could not be reached is tried again. */
  async status(): Promise<SecretStoreStatus> {
    if (this.#status === undefined) return this.#current()
    const known = await this.#status
    if (known.store !== 'keychain' || known.state === 'ready') return known
    return this.#become(this.#choose())
  }

  /** The status, now and again whenever it has changed. */
  async *watch(signal: AbortSignal): AsyncGenerator<SecretStoreStatus> {
    using changes = this.#changes.subscribe()
    yield await this.#current()
    while (true) {
      await changes.next(signal)
      yield await this.#current()
    }
  }

  /** Make the encrypted file. Throws `conflict` (`secrets_exist`) and, for a short passphrase, `invalid_input`. */
  async create(passphrase: string, origin: string): Promise<SecretStoreStatus> {
    const { state } = await this.status()
    if (state !== 'absent') throw new Fault('conflict', { what: 'secrets_exist', detail: state })
    if ([...passphrase].length < MINIMUM_LENGTH) {
      throw refused(['passphrase'], 'passphrase_short', { least: MINIMUM_LENGTH })
    }
    const summary = 'Made the encrypted file for the secrets of this console'
    const made = await this.#audit.perform({ action: 'console.settings', origin, summary }, () =>
      this.#file.create(passphrase),
    )
    return this.#opened(made)
  }

  /** Open the encrypted file; that it could not be is audited. Throws `wrong_password`; answers at once when it is open. */
  async unlock(passphrase: string, origin: string): Promise<SecretStoreStatus> {
    const status = await this.status()
    if (status.state === 'ready') return status
    try {
      return await this.#unlock(passphrase, status)
    } catch (error) {
      const why = error instanceof Fault ? error.code : 'it could not be read'
      const summary = `The secrets of this console were not unlocked: ${why}`
      const outcome = error instanceof Fault ? 'refused' : 'failed'
      this.#audit.record({ action: 'console.unlock-failed', origin, summary, outcome })
      throw error
    }
  }

  async #unlock(passphrase: string, status: SecretStoreStatus): Promise<SecretStoreStatus> {
    if (status.store === 'keychain') throw conflictFor('keychain_locked', status)
    if (status.state === 'absent') throw new Fault('not_found', { what: 'secrets', id: 'file' })
    return this.#opened(await this.#file.unlock(passphrase))
  }

  /** The open store. Throws `forbidden` while there is none. */
  async open(): Promise<SecretStore> {
    await this.#current()
    if (this.#store === undefined) throw new Fault('forbidden', { needs: 'passphrase' })
    return this.#store
  }

  /** The open store, however long it takes until it is open. */
  async opened(signal: AbortSignal): Promise<SecretStore> {
    using changes = this.#changes.subscribe()
    while ((await this.#current()).state !== 'ready') await changes.next(signal)
    return await this.open()
  }

  async #choose(): Promise<SecretStoreStatus> {
    if (await this.#file.exists()) return { store: 'file', state: 'locked', ...FILE_IN_USE }
    try {
      await this.#keychain.tryOut()
      this.#store = this.#keychain
      this.#settings.set(CHOSEN, 'keychain')
      return { store: 'keychain', state: 'ready', reason: '' }
    } catch (error) {
      const reason = reasonOfKeychain(error)
      const chosen = this.#settings.get(CHOSEN) === 'keychain'
      return chosen ? { store: 'keychain', state: 'locked', ...reason } : { store: 'file', state: 'absent', ...reason }
    }
  }

  #opened(store: SecretStore): Promise<SecretStoreStatus> {
    this.#store = store
    this.#settings.set(CHOSEN, 'file')
    return this.#become(Promise.resolve({ store: 'file', state: 'ready', ...FILE_IN_USE }))
  }

  #current(): Promise<SecretStoreStatus> {
    this.#status ??= this.#choose()
    return this.#status
  }

  async #become(next: Promise<SecretStoreStatus>): Promise<SecretStoreStatus> {
    this.#status = next
    const status = await next
    if (status.state === 'ready') this.#changes.announce('status')
    return status
  }
}

function reasonOfKeychain(error: unknown): Reason {
  if (error instanceof ReasonedError) return error.reason
  return reasonOf('keychain_said', { said: error instanceof Error ? error.message : String(error) })
}
