import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Ledger } from './ledger/ledger.ts'
import type { Consumer } from './loop/consumer.ts'

/** What the consumer is doing, in Prometheus's text format 0.0.4. */
export function writeMetrics(consumer: Consumer, ledger: Ledger): string {
  const standings = consumer.standings()
  const running = standings.filter((one) => one.running !== null).length
  const queued = standings.filter(({ position }) => position !== null).length
  const failing = standings.filter(({ replica }) => replica.listed && replica.failures > 0).length
  const { at } = consumer.fetched
  const gauges: (readonly [name: string, help: string, value: number])[] = [
    [
      'restore_consumer_replicas',
      'Entries of the last worklist.',
      standings.filter(({ replica }) => replica.listed).length,
    ],
    ['restore_consumer_running', 'Restores that go on.', running],
    ['restore_consumer_queued', 'Restores that wait for their turn.', queued],
    ['restore_consumer_failing', 'Replicas whose last attempt failed.', failing],
    [
      'restore_consumer_untold_reports',
      'Verifications that the control plane was not told yet.',
      ledger.reports.untold(),
    ],
    [
      'restore_consumer_worklist_timestamp_seconds',
      'When the worklist was last fetched.',
      at === null ? 0 : Date.parse(at) / 1000,
    ],
  ]
  const lines = gauges.flatMap(([name, help, value]) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    `${name} ${value}`,
  ])
  const name = 'restore_consumer_attempts_total'
  const outcomes = Array.from(ledger.outcomes(), ([outcome, count]) => `${name}{outcome="${outcome}"} ${count}`)
  return `${[...lines, `# HELP ${name} Attempts by how they ended.`, `# TYPE ${name} counter`, ...outcomes].join('\n')}\n`
}

/** Serve them at `/metrics` on loopback; `port` 0 takes any that is free. */
export async function serveMetrics(
  port: number,
  write: () => string,
): Promise<AsyncDisposable & { readonly port: number }> {
  const server: Server = createServer((request, response) => {
    if (request.url !== '/metrics' || request.method !== 'GET') return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(write())
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, '127.0.0.1', resolve)
  await promise
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
