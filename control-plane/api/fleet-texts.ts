import { setImmediate } from 'node:timers/promises'
import type { Standing } from '../../contract/control-plane/standing.ts'
import type { Restore } from '../replicas/restores.ts'
import { standingsOf } from '../replicas/standing.ts'
import type { Declaration } from '../store/index.ts'
import { lookBack, unreportedRestores } from './activity.ts'
import { admitOperator } from './gate.ts'
import { type Both, viewed } from './replica-views.ts'
import type { Texts } from './serve.ts'
import { JUDGED_AT } from './sweeper.ts'

/** Declarations that are written between two looks at who else asks. */
const PIECE = 500

/**
 * The lists of a whole fleet, which may have tens of thousands of rows: written piece by piece, so that nobody else has to wait for all of
 * it, and as text, for oRPC would check and copy it in one go.
 */
export function fleetTexts(both: Both): Texts {
  return {
    'POST /api/restore_replicas/list': async (context) => {
      admitOperator(context)
      return Buffer.from(await listText(allViews(both)))
    },
    'POST /api/restore_replicas/standings': async (context) => {
      admitOperator(context)
      const judgedAt = both.store.settings.get(JUDGED_AT) ?? both.now().toISOString()
      const standings = await listText(allStandings(both))
      return Buffer.from(`{"judged_at":${JSON.stringify(judgedAt)},"standings":${standings}}`)
    },
  }
}

async function listText(pieces: Iterable<readonly unknown[]>): Promise<string> {
  const texts: string[] = []
  for (const piece of pieces) {
    if (piece.length > 0) texts.push(JSON.stringify(piece).slice(1, -1))
    await setImmediate()
  }
  return `[${texts.join(',')}]`
}

function* allViews(both: Both): Iterable<readonly unknown[]> {
  const declarations = both.store.declarations.list()
  for (let at = 0; at < declarations.length; at += PIECE) yield viewed(both, declarations.slice(at, at + PIECE))
}

/** Consumer by consumer. */
function* allStandings(both: Both): Iterable<readonly Standing[]> {
  const { store, now } = both
  const at = now()
  const machines = new Map(store.machines.list().map((machine) => [machine.id, machine]))
  const scope = ({ groupId, type }: Pick<Declaration, 'groupId' | 'type'>, deviceId: string) =>
    `${deviceId} ${groupId} ${type}`
  const unreported = new Map<string, Restore>(
    unreportedRestores(store, lookBack(at), at.toISOString()).map((one) => [scope(one, one.deviceId), one]),
  )
  // Taken before the first piece: what moves to another consumer meanwhile is not in two of them.
  const declared = store.devices.list().map((device) => ({ device, declarations: both.declarationsOf(device.id) }))
  for (const { device, declarations } of declared) {
    const fleet = {
      ...both.consumer(device),
      machine: (id: string) => machines.get(id),
      unreported: (declaration: Declaration) => unreported.get(scope(declaration, device.id)),
    }
    yield declarations.flatMap((declaration) => standingsOf(declaration, fleet, at))
  }
}
