import { Fault } from '../../contract/errors.ts'
import type { PlaneAddress, PlaneClient } from '../services/planes/index.ts'

/** A control plane over HTTP(S). */
export function openControlPlane({ name }: PlaneAddress): PlaneClient {
  const refuse = async (): Promise<never> => {
    throw new Fault('unreachable', { host: name, reason: 'not yet' })
  }
  return {
    hello: refuse,
    safety: () => ({ mode: null, until: null }),
    raise: refuse,
    lower: refuse,
    board: refuse,
    groups: refuse,
    preview: refuse,
    revokes: refuse,
    declare: refuse,
    change: refuse,
    remove: refuse,
    worklist: refuse,
    issuances: refuse,
    connections: refuse,
    code: refuse,
    dismiss: refuse,
    activity: refuse,
    connectGroup: refuse,
    disconnectGroup: refuse,
    observe: refuse,
    [Symbol.dispose]: () => undefined,
  }
}
