import { plural, t } from '@lingui/core/macro'
import { Button, Group, NumberInput, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, type ReactNode, useState } from 'react'
import { permits } from '../../../contract/procedure.ts'
import type { FanOutConfirmation, FanOutPlan } from '../../../contract/shapes/fan-out.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { NewRestore } from '../../../contract/shapes/restore.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Section, SectionCard } from '../../components/SectionCard.tsx'
import { useRequestKey } from '../restore/index.ts'
import { ConfirmFanOut } from './ConfirmFanOut.tsx'
import { whatWords } from './fan-out-words.ts'
import { HostChoice } from './HostChoice.tsx'
import { useFanOutPlans } from './use-fan-out-plans.ts'

export interface FanOutFormProps {
  /** The host on which the restore was put together. */
  readonly hostId: string
  readonly request: NewRestore
  /** All hosts of the workspace. */
  readonly hosts: readonly HostView[]
  /** Those that are chosen to begin with. */
  readonly chosen: readonly string[]
  /** The fan-out whose failures these are; null for a first one. */
  readonly follows: string | null
  /** Leads to where what is restored was chosen. */
  readonly change?: ReactNode
}

const AT_ONCE = 2
const MOST_AT_ONCE = 32

/** One restore on several hosts: which, what it would do on each, how many at a time, and the word to do it. */
export function FanOutForm({ hostId, request, hosts, chosen: first, follows, change }: FanOutFormProps): ReactElement {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(first))
  const [how, setHow] = useState<How>({ atOnce: AT_ONCE, stopAfter: 1 })
  const planned = useFanOutPlans(request)
  const inPlace = request.target.kind === 'in-place'
  const ready = [...chosen].flatMap((id) => targetOf(planned.plans.get(id)))
  const start = useStart({ request, targets: ready, ...how, follows })
  const planning = new Set(planned.isPlanning ? planned.asked.filter((id) => !planned.plans.has(id)) : [])
  return (
    <SectionCard>
      <Section title={t`What and where`} number={1} aside={change}>
        <Text>{whatWords(request)}</Text>
      </Section>
      <Section
        title={t`Hosts`}
        number={2}
        aside={
          <Button
            variant="default"
            disabled={chosen.size === 0}
            loading={planned.isPlanning}
            onClick={() => planned.ask({ hostId, request, hostIds: [...chosen] })}
          >
            {plural(chosen.size, { one: 'Plan on # host', other: 'Plan on # hosts' })}
          </Button>
        }
      >
        <HostChoice
          hosts={hosts}
          chosen={chosen}
          plans={planned.plans}
          planning={planning}
          obstacle={(host) => obstacleOn(host, inPlace)}
          onChoose={setChosen}
        />
        {planned.error !== null && <ErrorState description={describeError(planned.error)} />}
      </Section>
      <HowSection {...how} onChange={setHow} />
      <ConfirmFanOut
        names={ready.map((target) => hosts.find(({ id }) => id === target.hostId)?.name ?? target.hostname)}
        inPlace={inPlace}
        saves={savesOf(ready.map(({ hostId: id }) => planned.plans.get(id)))}
        obstacle={whyNot({ chosen: chosen.size, ready: ready.length, isPlanning: planned.isPlanning })}
        isPending={start.isPending}
        error={start.error}
        onStart={(confirmation) => start.mutate(confirmation)}
      />
    </SectionCard>
  )
}

interface How {
  readonly atOnce: number
  readonly stopAfter: number | null
}

/** How many at a time, and when no other is begun on. */
function HowSection({ atOnce, stopAfter, onChange }: How & { onChange(how: How): void }): ReactElement {
  return (
    <Section title={t`How`} number={3}>
      <Group gap="md" align="flex-start">
        <NumberInput
          label={t`Hosts at the same time`}
          w={180}
          min={1}
          max={MOST_AT_ONCE}
          clampBehavior="strict"
          value={atOnce}
          onChange={(value) => onChange({ stopAfter, atOnce: typeof value === 'number' ? value : AT_ONCE })}
        />
        <NumberInput
          label={t`Stop after this many failures`}
          placeholder={t`never`}
          w={200}
          min={1}
          value={stopAfter ?? ''}
          onChange={(value) => onChange({ atOnce, stopAfter: typeof value === 'number' ? value : null })}
        />
      </Group>
    </Section>
  )
}

type Target = Wanted['targets'][number]

/** What is to be done on a host that was planned; nothing where it cannot be. */
function targetOf(planned: FanOutPlan | undefined): Target[] {
  if (planned === undefined) return []
  const { hostId, repositoryId, hostname, plan } = planned
  if (plan === null || repositoryId === null || hostname === null) return []
  return [{ hostId, repositoryId, planHash: plan.hash, hostname }]
}

/** Items that are saved before they are changed or deleted. */
function savesOf(plans: readonly (FanOutPlan | undefined)[]): number {
  const totals = plans.flatMap((one) => one?.plan?.totals ?? [])
  return totals.reduce((sum, { update, delete: gone }) => sum + update.items + gone.items, 0)
}

interface Wanted {
  readonly request: NewRestore
  readonly targets: { hostId: string; repositoryId: string; planHash: string; hostname: string }[]
  readonly atOnce: number
  readonly stopAfter: number | null
  readonly follows: string | null
}

/** All that is sent for one intention has one id: a repeat after a lost answer starts nothing twice. */
function useStart(wanted: Wanted) {
  const client = useClient()
  const navigate = useNavigate()
  const id = useRequestKey(JSON.stringify([wanted.request, wanted.targets.map(({ hostId }) => hostId), wanted.follows]))
  return useMutation({
    mutationFn: async (confirmation: FanOutConfirmation | null) => {
      const order = { id, ...wanted }
      if (confirmation === null) await client.fanOuts.start(order)
      else await client.fanOuts.startInPlace({ ...order, confirmation })
      await navigate({ to: '/fan-outs/$fanOutId', params: { fanOutId: id } })
    },
  })
}

/** Why a host cannot be chosen; the same is checked by its agent. */
function obstacleOn({ link, agent }: HostView, inPlace: boolean): string | null {
  if (link.state !== 'connected' || agent === null) return t`It cannot be reached now.`
  const needs = inPlace ? 'admin' : 'operator'
  if (!permits(agent.granted.role, needs))
    return t`It needs the role ${needs}; this console is ${{ role: agent.granted.role }} there.`
  return inPlace && !agent.privileged ? t`Its agent is not root, and only root can give files their owners back.` : null
}

interface Readiness {
  readonly chosen: number
  readonly ready: number
  readonly isPlanning: boolean
}

function whyNot({ chosen, ready, isPlanning }: Readiness): string | null {
  if (chosen === 0) return t`Choose hosts first.`
  if (isPlanning) return t`It is being planned.`
  if (ready === 0) return t`Plan it first: nothing is started that nobody has seen.`
  const others = chosen - ready
  if (others > 0)
    return plural(others, {
      one: '# chosen host cannot do it as planned: leave them out, or plan again.',
      other: '# chosen hosts cannot do it as planned: leave them out, or plan again.',
    })
  return null
}
