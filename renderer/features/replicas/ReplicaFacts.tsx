import { t } from '@lingui/core/macro'
import { Anchor, Badge, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { Replica } from '../../../contract/shapes/replica.ts'
import { FactList } from '../../components/FactList.tsx'
import { formatMoment } from '../../components/format.ts'
import { useNow } from '../../components/use-now.ts'
import { consumerTitle, scopeWords, semanticWords, timeLeft } from './replica-words.ts'
import { type Known, usePlaneNames } from './use-replicas.ts'

export interface ReplicaFactsProps {
  readonly known: Known
  readonly replica: Replica
}

/** What is declared, and who declared it. */
export function ReplicaFacts({ known, replica }: ReplicaFactsProps): ReactElement {
  const planeName = usePlaneNames(known.planes)
  const { declaration, createdBy, createdAt, updatedBy, updatedAt } = replica
  const { redacts, publishesSchemas, migratesOnRequest, type } = declaration
  const asked = [
    redacts ? t`masks personal data` : '',
    publishesSchemas ? t`publishes schemas for reports` : '',
    migratesOnRequest ? t`tries migrations only on request` : '',
  ].filter((part) => part !== '')
  return (
    <FactList
      facts={[
        { term: t`Covers`, value: scopeWords(replica) },
        { term: t`Consumer`, value: <ConsumerLink replica={replica} /> },
        { term: t`Intent`, value: <IntentFact known={known} replica={replica} /> },
        { term: t`Type`, value: type },
        { term: t`Bound`, value: <BoundFact replica={replica} /> },
        { term: t`Parameters`, value: <Params replica={replica} /> },
        { term: t`Besides`, value: asked.length === 0 ? null : asked.join(', ') },
        { term: t`Plane`, value: planeName(replica.planeId) },
        { term: t`Declared`, value: whenAndWho(createdAt, createdBy) },
        { term: t`Changed`, value: updatedAt === createdAt ? null : whenAndWho(updatedAt, updatedBy) },
        { term: t`History`, value: <AuditLink /> },
      ]}
    />
  )
}

function whenAndWho(at: string, who: string | null): string {
  const when = formatMoment(new Date(at))
  return who === null ? when : t`${when} by ${who}`
}

/** What was changed from this console, by whom and when, one by one. */
function AuditLink(): ReactElement {
  return (
    <Anchor
      size="sm"
      renderRoot={(props) => <Link {...props} to="/audit" search={{ show: 'all' }} />}
    >{t`changes from this console are in the audit`}</Anchor>
  )
}

function ConsumerLink({ replica: { planeId, declaration, consumerName } }: Pick<ReplicaFactsProps, 'replica'>) {
  const { consumerId } = declaration
  return (
    <Anchor
      size="sm"
      renderRoot={(props) => <Link {...props} to="/consumers/$planeId/$consumerId" params={{ planeId, consumerId }} />}
    >
      {consumerTitle(consumerName, consumerId)}
    </Anchor>
  )
}

function IntentFact({ known, replica: { planeId, declaration } }: ReplicaFactsProps): ReactElement {
  const consumer = known.consumers.find(({ id, planeId: of }) => id === declaration.consumerId && of === planeId)
  const intent = consumer?.intents.find(({ name }) => name === declaration.intent)
  return (
    <>
      <Group gap={6}>
        <Text span size="sm" fw={600}>
          {declaration.intent}
        </Text>
        {intent?.semantics.map((tag) => (
          <Badge key={tag} size="sm" title={semanticWords(tag)}>
            {tag}
          </Badge>
        ))}
      </Group>
      {typeof intent?.description === 'string' && (
        <Text size="xs" c="dimmed">
          {intent.description}
        </Text>
      )}
    </>
  )
}

function BoundFact({ replica: { declaration, standings } }: Pick<ReplicaFactsProps, 'replica'>): ReactElement {
  const now = useNow()
  const { overdueAfter } = declaration
  if (overdueAfter === null) return <>{t`none: it is never overdue`}</>
  const left = timeLeft(standings, now)
  return (
    <>
      {overdueAfter}
      {left !== null && (
        <Text span size="sm" c={left.isOver ? 'var(--state-partial)' : 'dimmed'}>{` · ${left.words}`}</Text>
      )}
    </>
  )
}

function Params({ replica: { declaration } }: Pick<ReplicaFactsProps, 'replica'>): ReactElement {
  const set = Object.entries(declaration.params).filter(([, value]) => value !== null)
  if (set.length === 0) return <>{t`as the consumer has them`}</>
  return (
    <>
      {set.map(([name, value]) => (
        <div key={name}>{`${name} = ${value}`}</div>
      ))}
    </>
  )
}
