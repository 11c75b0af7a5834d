import { PlaneProblem } from '../../contract/control-plane/problem.ts'
import type { Device, Group } from '../store/index.ts'
import type { PlaneDeps } from './deps.ts'
import type { GatedOperator } from './gate.ts'
import { deviceView, groupView } from './views.ts'

/** The groups, and what the plane reads their repositories with. */
export function groupCalls(os: GatedOperator, { store, repositories, now }: PlaneDeps) {
  const calls = os.groups
  const view = (group: Group) => groupView(group, store)
  const audit = (login: string, action: string) => (group: Group) => {
    const { id, name, status, url, storage } = group
    const after = { name, status, url, storage }
    store.audit.append({ at: now().toISOString(), login, action, subject: id, before: null, after })
  }
  return {
    list: calls.list.handler(() => store.groups.list().map(view)),
    get: calls.get.handler(({ input }) => {
      const found = store.groups.get(input.server_group_id)
      if (found === undefined) {
        throw new PlaneProblem('resource-not-found', `There is no group ${input.server_group_id}.`)
      }
      const group = view(found)
      return { group, machines: group.machines }
    }),
    connect: calls.connect.handler(async ({ input, context: { login } }) =>
      view(await repositories.connect(input, audit(login, 'fleet/groups/connect'))),
    ),
    disconnect: calls.disconnect.handler(async ({ input, context: { login } }) =>
      view(await repositories.disconnect(input.server_group_id, audit(login, 'fleet/groups/disconnect'))),
    ),
    observe: calls.observe.handler(async ({ input }) => (await repositories.observe(input.groups)).map(view)),
  }
}

/** Who restores, and who else comes with a certificate. */
export function deviceCalls(os: GatedOperator, { store, enrolment, now }: PlaneDeps) {
  const calls = os.devices
  const existing = (id: string): Device => {
    const device = store.devices.get(id)
    if (device !== undefined) return device
    throw new PlaneProblem('resource-not-found', `There is no device ${id}.`)
  }
  return {
    listTrusted: calls.listTrusted.handler(({ input: { offset, limit } }) => {
      const trusted = store.devices.list().filter(({ role }) => role !== 'untrusted')
      const end = limit === null || limit === undefined ? undefined : offset + Math.max(limit, 0)
      return { items: trusted.slice(offset, end).map(deviceView), total: trusted.length }
    }),
    connectionHistory: calls.connectionHistory.handler(({ input: { device_id, limit } }) =>
      store.connections.of(existing(device_id).id, limit).map(({ deviceId, at, ip, userAgent, asked, status }) => ({
        device_id: deviceId,
        at,
        ip,
        user_agent: userAgent,
        asked,
        status,
      })),
    ),
    /** What a device may read ends with its role. */
    updateRole: calls.updateRole.handler(({ input: { device_id, role }, context: { login } }) =>
      store.transaction(() => {
        const { role: before } = existing(device_id)
        const at = now().toISOString()
        store.devices.setRole(device_id, role)
        store.issuances.revokeUncovered(at)
        store.audit.append({ at, login, action: 'devices/update_role', subject: device_id, before, after: role })
        return deviceView(existing(device_id))
      }),
    ),
    code: calls.code.handler(({ input, context: { login } }) =>
      store.transaction(() => {
        const made = enrolment.code(input.name, login)
        const change = { action: 'devices/enrolment_code', subject: input.name, before: null, after: null }
        store.audit.append({ at: now().toISOString(), login, ...change })
        return made
      }),
    ),
  }
}
