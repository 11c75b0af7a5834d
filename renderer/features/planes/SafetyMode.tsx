import { t } from '@lingui/core/macro'
import { Button, Group, Text } from '@mantine/core'
import { IconLock, IconLockOpen } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { Plane, PlaneSafety } from '../../../contract/shapes/plane.ts'
import { ConfirmButton } from '../../components/ConfirmButton.tsx'
import { StateBadge, type StateName } from '../../components/StateBadge.tsx'
import { useNow } from '../../components/use-now.ts'
import { leftWords, MODES, type Mode, safetyOf } from './plane-words.ts'
import { usePlaneChange } from './use-plane-change.ts'

const COLORS: Readonly<Record<NonNullable<PlaneSafety['mode']>, StateName>> = {
  'read-only': 'unknown',
  write: 'partial',
  danger: 'failed',
}

/** In which safety mode a plane is, for how long still, and the way up and down. Nothing where it has none. */
export function SafetyMode({ plane }: { readonly plane: Plane }): ReactElement | null {
  const now = useNow()
  const raise = usePlaneChange((planes, mode: Mode) => planes.raise({ planeId: plane.id, mode }))
  const lower = usePlaneChange<void>((planes) => planes.lower({ planeId: plane.id }))
  const safety = safetyOf(plane)
  if (safety === null || safety.mode === null) return null
  const { mode } = safety
  const current = MODES[mode]
  const { name } = plane
  const left = leftWords(safety, now)
  const Icon = mode === 'read-only' ? IconLock : IconLockOpen
  return (
    <Group gap="xs" role="group" aria-label={t`Safety mode of ${name}`}>
      <StateBadge state={COLORS[mode]} icon={<Icon size={14} stroke={1.75} aria-hidden="true" />}>
        {current}
        {left !== null && (
          <Text span size="xs" c="dimmed">
            {' '}
            {left}
          </Text>
        )}
      </StateBadge>
      {mode === 'read-only' && (
        <Button
          variant="default"
          size="compact-sm"
          loading={raise.isPending}
          onClick={() => raise.mutate('write')}
        >{t`Raise to write`}</Button>
      )}
      {mode !== 'danger' && (
        <ConfirmButton
          variant="default"
          size="compact-sm"
          question={t`For ten minutes, replicas, groups and roles on ${name} can be deleted or changed for good from this console.`}
          confirm={t`Raise to danger`}
          keep={t`Stay in ${current}`}
          onConfirm={() => raise.mutate('danger')}
        >{t`Raise to danger…`}</ConfirmButton>
      )}
      {mode !== 'read-only' && (
        <Button
          variant="default"
          size="compact-sm"
          loading={lower.isPending}
          onClick={() => lower.mutate()}
        >{t`Lower`}</Button>
      )}
    </Group>
  )
}
