import { t } from '@lingui/core/macro'

export const LEAST_CHARACTERS = 12

export interface Strength {
  readonly word: 'too short' | 'enough' | 'good' | 'strong'
  /** 0 to 1. */
  readonly share: number
}

/** How hard a passphrase is to guess, by its length alone: nothing else can be told from outside. */
export function strengthOf(passphrase: string): Strength {
  const { length } = [...passphrase]
  const word = length < LEAST_CHARACTERS ? 'too short' : length < 16 ? 'enough' : length < 24 ? 'good' : 'strong'
  return { word, share: Math.min(1, length / 24) }
}

/** Why these two cannot be kept, in a sentence; null when they can. */
export function problemWithPassphrase(passphrase: string, repeated: string): string | null {
  if (strengthOf(passphrase).word === 'too short') return t`At least ${LEAST_CHARACTERS} characters.`
  return passphrase === repeated ? null : t`The two are not the same.`
}
