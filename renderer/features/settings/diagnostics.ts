import type { ConsoleClient } from '../../../contract/console/index.ts'
import type { HostView } from '../../../contract/shapes/host.ts'

type SystemInfo = Awaited<ReturnType<ConsoleClient['system']['info']>>
type Diagnostics = Awaited<ReturnType<ConsoleClient['system']['diagnostics']>>

export interface DiagnosticsInput {
  readonly info: SystemInfo
  readonly diagnostics: Diagnostics
  readonly hosts: readonly HostView[]
  /** Hides names and paths of a text; as it is where they need not be hidden. */
  readonly mask: (text: string) => string
}

/** What is handed on when something is wrong, as text, so that who hands it on reads all of it first. */
export function diagnosticsText({ info, diagnostics, hosts, mask }: DiagnosticsInput): string {
  const { platform, release, architecture, runtime, dataDirectory, log } = diagnostics
  const states = new Map<string, number>()
  for (const { link } of hosts) states.set(link.state, (states.get(link.state) ?? 0) + 1)
  const agents = new Set(hosts.flatMap(({ agent }) => (agent === null ? [] : [agent.agentVersion])))
  const tools = new Set(hosts.flatMap(({ agent }) => agent?.restic?.version ?? []))
  return [
    `Restore Console ${info.version} (${info.shell})`,
    `${platform} ${release} ${architecture}, ${runtime}`,
    `data in ${mask(dataDirectory)}`,
    '',
    `hosts: ${hosts.length}${[...states].map(([state, count]) => `, ${count} ${state}`).join('')}`,
    `repositories: ${hosts.reduce((sum, { repositories }) => sum + repositories.length, 0)}`,
    `runs going on: ${hosts.filter(({ activeRun }) => activeRun !== null).length}`,
    `agents: ${[...agents].toSorted().join(', ') || 'none reached'}`,
    `restic: ${[...tools].toSorted().join(', ') || 'none found'}`,
    '',
    ...log.map(mask),
    '',
  ].join('\n')
}
