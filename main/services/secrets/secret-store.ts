/** Keeps secrets by name. */
export interface SecretStore {
  get(name: string): Promise<string | null>
  set(name: string, value: string): Promise<void>
  delete(name: string): Promise<void>
}

/** The operating system's keychain. */
export interface Keychain extends SecretStore {
  /** Store, read and delete something harmless; throws whatever is in the way. */
  tryOut(): Promise<void>
}

/** A file encrypted with a passphrase, for a machine without a keychain. */
export interface SecretsFile {
  exists(): Promise<boolean>
  /** Make the file. Throws `conflict` (`secrets_exist`) when there is one. */
  create(passphrase: string): Promise<SecretStore>
  /** Open the file. Throws `wrong_password`; `conflict` (`secrets_damaged`) when it is not one of ours. */
  unlock(passphrase: string): Promise<SecretStore>
}
