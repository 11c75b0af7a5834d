import { openControlPlane } from '../main/adapters/control-plane-client.ts'
import type { PlaneAddress, PlaneClient, PlaneHello } from '../main/services/planes/index.ts'
import { type CanopyServer, canopyServer, recorded } from './canopy-server.ts'

/** When the recorded answers are looked at. */
export const NOW = new Date('2026-11-20T06:00:00Z')
export const patient = (): AbortSignal => AbortSignal.timeout(10_000)
/** An id of the recorded answers, by its end. */
export const idOf = (end: string): string => `0190f1c2-0000-7000-8000-0000000000${end}`

export interface ServedCanopy {
  readonly server: CanopyServer
  readonly client: PlaneClient
  readonly hello: PlaneHello
}

/** A recorded plane, changed before it is met, with a client that has met it. Both end with the stack. */
export async function servedCanopy(
  open: AsyncDisposableStack,
  generation: 'first' | 'newest',
  change: (server: CanopyServer) => void = () => undefined,
): Promise<ServedCanopy> {
  const server = open.use(await canopyServer(recorded(generation)))
  if (generation === 'newest') onlyTheFirstGroup(server)
  change(server)
  const client = open.use(canopyClient({ url: server.url }))
  return { server, client, hello: await client.hello(patient()) }
}

/** `patience`: milliseconds for one question. */
export function canopyClient(address: Partial<PlaneAddress>, patience?: number): PlaneClient {
  const whole = { name: 'north', url: '', token: null, pin: null, ...address }
  return openControlPlane(whole, { now: () => NOW, ...(patience === undefined ? {} : { patience }) })
}

/** The recorded declarations are the first group's. */
export function onlyTheFirstGroup(server: CanopyServer): void {
  for (const path of ['/api/restore_replicas/for_group', '/api/restore_replicas/checks']) {
    server.answer(path, ({ body }) => ({
      status: 200,
      json: JSON.stringify(body).includes(idOf('f1')) ? recorded('newest')[path] : [],
    }))
  }
}
