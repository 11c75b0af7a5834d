import { t } from '@lingui/core/macro'
import { Anchor, Table, Text, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Fragment, type ReactElement, useState } from 'react'
import type { Verification } from '../../../contract/shapes/verification.ts'
import { formatBytes, formatMoment, formatSpan } from '../../components/format.ts'
import { StateBadge } from '../../components/StateBadge.tsx'
import { VerificationDetails } from './VerificationDetails.tsx'
import classes from './Verifications.module.css'
import { clockWords, firstLine, STATUSES } from './verification-words.ts'

export interface VerificationTableProps {
  readonly verifications: readonly Verification[]
  /** They are of several replicas. */
  readonly namesReplica: boolean
}

const COLUMNS = 6

/** What was reported, one restore in a line; each opens to all that was said of it. */
export function VerificationTable({ verifications, namesReplica }: VerificationTableProps): ReactElement {
  const [opened, open] = useState<string | null>(null)
  return (
    <Table className={classes['history'] ?? ''} aria-label={t`Verifications`} verticalSpacing={4} horizontalSpacing={8}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t`When`}</Table.Th>
          <Table.Th>{namesReplica ? t`Replica` : t`Machine`}</Table.Th>
          <Table.Th>{t`Result`}</Table.Th>
          <Table.Th ta="end">{t`Took`}</Table.Th>
          <Table.Th ta="end">{t`Received`}</Table.Th>
          <Table.Th>{t`Snapshot`}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {verifications.map((one) => {
          const isOpened = one.key === opened
          return (
            <Fragment key={one.key}>
              <Row
                verification={one}
                namesReplica={namesReplica}
                isOpened={isOpened}
                onToggle={() => open(isOpened ? null : one.key)}
              />
              {isOpened && (
                <Table.Tr>
                  <Table.Td colSpan={COLUMNS}>
                    <VerificationDetails verification={one} />
                  </Table.Td>
                </Table.Tr>
              )}
            </Fragment>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}

interface RowProps {
  readonly verification: Verification
  readonly namesReplica: boolean
  readonly isOpened: boolean
  onToggle(): void
}

function Row({ verification, namesReplica, isOpened, onToggle }: RowProps): ReactElement {
  const { at, status, seconds, receivedBytes, snapshotId, postgresVersion, error, machineName } = verification
  const { state, word } = STATUSES[status]
  const Chevron = isOpened ? IconChevronDown : IconChevronRight
  return (
    <Table.Tr>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <UnstyledButton aria-expanded={isOpened} onClick={onToggle} fz="sm">
          <Chevron size={13} aria-hidden="true" /> {formatMoment(new Date(at))}
        </UnstyledButton>
        {clockWords(verification) !== null && <Text size="xs" c="dimmed">{t`two clocks`}</Text>}
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        {namesReplica ? <ReplicaName verification={verification} /> : (machineName ?? t`not told`)}
      </Table.Td>
      <Table.Td>
        <StateBadge state={state}>{word}</StateBadge>
        {postgresVersion !== null && <Text span size="xs" c="dimmed">{` PostgreSQL ${postgresVersion}`}</Text>}
        {error !== null && !isOpened && (
          <Text size="xs" c="dimmed" lineClamp={2}>
            {firstLine(error)}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="end" style={{ whiteSpace: 'nowrap' }}>
        {seconds === null ? '—' : formatSpan(seconds)}
      </Table.Td>
      <Table.Td ta="end" style={{ whiteSpace: 'nowrap' }}>
        {receivedBytes === null ? '—' : formatBytes(receivedBytes)}
      </Table.Td>
      <Table.Td ff="monospace" title={snapshotId ?? ''}>
        {snapshotId?.slice(0, 8) ?? '—'}
      </Table.Td>
    </Table.Tr>
  )
}

function ReplicaName({ verification }: { readonly verification: Verification }): ReactElement {
  const { planeId, replicaId, replicaName, machineName } = verification
  const name = replicaName ?? t`not told`
  return (
    <>
      {replicaId === null ? (
        name
      ) : (
        <Anchor
          size="sm"
          renderRoot={(props) => <Link {...props} to="/replicas/$planeId/$replicaId" params={{ planeId, replicaId }} />}
        >
          {name}
        </Anchor>
      )}
      {machineName !== null && (
        <Text size="xs" c="dimmed">
          {machineName}
        </Text>
      )}
    </>
  )
}
