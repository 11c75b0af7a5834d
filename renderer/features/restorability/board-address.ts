import { type ProofState, proofStateSchema } from '../../../contract/shapes/restorability.ts'

/** What the board is narrowed to, as its address holds it. */
export interface BoardAddress {
  readonly state?: ProofState
  readonly text?: string
}

export function narrowBoard(search: Record<string, unknown>): BoardAddress {
  const state = proofStateSchema.options.find((each) => each === search['state'])
  const text = search['text']
  return {
    ...(state === undefined ? {} : { state }),
    ...(typeof text === 'string' && text !== '' ? { text } : {}),
  }
}
