import { z } from 'zod'
import { type ConnectGroupInput, groupViewSchema, type TypeRule } from '../../contract/control-plane/fleet.ts'
import { type Command, type Surroundings, UsageError } from '../../engine/command-line/command.ts'
import { readArguments } from '../../engine/command-line/read-arguments.ts'
import { PlaneAsker } from './ask-plane.ts'
import { dataDirectoryOf, WHICH_PLANE, WHICH_PLANE_HELP } from './where.ts'

const HELP = `restore-control-plane group list
restore-control-plane group add NAME --repository URL

List the groups, or let the control plane read the repository of one and give consumers a way to it. Secrets are
taken from the environment as restic takes them: RESTIC_PASSWORD; RESTIC_REST_USERNAME and RESTIC_REST_PASSWORD of a
REST server; AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_DEFAULT_REGION of an S3 store.

      --repository URL       as restic takes it: /srv/restic, rest:https://host/path/, s3:https://host/bucket/prefix
      --id ID                of a group that is there, and is not ready
      --type-tag TAG=TYPE    snapshots with this tag are of this type; may be given several times
      --type-path PATH=TYPE  snapshots of this folder are of this type; may be given several times
      --role-arn ARN         of an S3 store: consumers are given sessions of this role; else the gateway's credentials
      --sts-endpoint URL     where such sessions are made, if not at AWS
${WHICH_PLANE_HELP}`

const OPTIONS = {
  ...WHICH_PLANE,
  repository: { type: 'string' },
  id: { type: 'string' },
  'type-tag': { type: 'string', multiple: true, default: [] as string[] },
  'type-path': { type: 'string', multiple: true, default: [] as string[] },
  'role-arn': { type: 'string' },
  'sts-endpoint': { type: 'string' },
} as const

export const group: Command = {
  help: HELP,
  async run(args, surroundings) {
    const { values, positionals } = readArguments({ args: [...args], options: OPTIONS, allowPositionals: true })
    const [act, name, ...more] = positionals
    const dataDirectory = dataDirectoryOf(values['data-dir'], surroundings.workingDirectory)
    if (act === 'list' && name === undefined) return await list(new PlaneAsker(dataDirectory), surroundings)
    const { repository } = values
    if (act !== 'add' || name === undefined || more.length > 0 || repository === undefined) {
      throw new UsageError('Say "group list", or "group add NAME --repository URL".')
    }
    const { environment } = surroundings
    const wanted: ConnectGroupInput = {
      server_group_id: values.id ?? null,
      name,
      access: {
        url: repository,
        username: environment['RESTIC_REST_USERNAME'] ?? null,
        server_password: environment['RESTIC_REST_PASSWORD'] ?? null,
        repo_password: passwordIn(environment),
        s3: s3In(environment, { repository, role: values['role-arn'], sts: values['sts-endpoint'] }),
      },
      type_rules: [
        ...values['type-tag'].map((text): TypeRule => ({ by: 'tag', tag: ruleIn(text)[0], type: ruleIn(text)[1] })),
        ...values['type-path'].map((text): TypeRule => ({ by: 'path', path: ruleIn(text)[0], type: ruleIn(text)[1] })),
      ],
    }
    const made = groupViewSchema.parse(await new PlaneAsker(dataDirectory).ask('/api/fleet/groups/connect', wanted))
    surroundings.out.write(`${made.id}\n`)
    const machines = made.machines.filter(({ archived }) => !archived).map((machine) => machine.name)
    surroundings.say(
      `${made.name} is ${made.status}: ${machines.join(', ') || 'no machine yet'} (${made.types.join(', ') || 'no types'}).`,
    )
  },
}

async function list(asker: PlaneAsker, { out }: Surroundings): Promise<void> {
  const groups = z.array(groupViewSchema).parse(await asker.ask('/api/fleet/groups/list', {}))
  for (const { id, name, status, url, reason } of groups) {
    out.write(`${[id, name, status, url ?? '-', reason ?? ''].join('\t').trim()}\n`)
  }
}

function passwordIn(environment: Surroundings['environment']): string {
  const password = environment['RESTIC_PASSWORD']
  if (!password) throw new UsageError("Give the repository's password in RESTIC_PASSWORD.")
  return password
}

interface Store {
  readonly repository: string
  readonly role: string | undefined
  readonly sts: string | undefined
}

function s3In(environment: Surroundings['environment'], { repository, role, sts }: Store) {
  if (!repository.startsWith('s3:')) return null
  const [key, secret] = [environment['AWS_ACCESS_KEY_ID'], environment['AWS_SECRET_ACCESS_KEY']]
  if (!key || !secret) throw new UsageError('Give the key of the store in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.')
  return {
    access_key_id: key,
    secret_access_key: secret,
    region: environment['AWS_DEFAULT_REGION'] || null,
    role_arn: role ?? null,
    sts_endpoint: sts ?? null,
  }
}

function ruleIn(text: string): readonly [what: string, type: string] {
  const [, what, type] = /^(.+)=([^=]+)$/.exec(text) ?? []
  if (what === undefined || type === undefined)
    throw new UsageError(`A rule looks like nightly=tamanu-postgres, not "${text}".`)
  return [what, type]
}
