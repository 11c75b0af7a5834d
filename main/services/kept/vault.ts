/** What something is: the same label always means the same thing. */
export type Label = readonly (string | number | null)[]

/** Seals what is kept on the disk, so that without the key the file says nothing of it. */
export interface Vault {
  /** What stands for the key itself: the same for the same key. */
  readonly mark: Buffer
  /** Where a thing is kept, in 32 bytes that do not tell what it is. */
  address(label: Label): Buffer
  /** Make a thing small and seal it; it opens under the same label alone. */
  seal(label: Label, plain: Buffer): Promise<Buffer>
  /** What was sealed; null when it is not what was sealed under this label. */
  open(label: Label, sealed: Buffer): Promise<Buffer | null>
}

/** A vault under a key of 32 random bytes. */
export type OpenVault = (key: Buffer) => Vault
