import { plural, t } from '@lingui/core/macro'
import { Button, Popover } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactElement } from 'react'
import { BoundField } from './BoundField.tsx'
import { useSetBound } from './use-set-bound.ts'

export interface UsualBoundProps {
  /** Null until it was read. */
  readonly days: number | null
  onChanged(): void
}

/** How old a proof may be where a repository has no bound of its own. */
export function UsualBound({ days, onChanged }: UsualBoundProps): ReactElement {
  const [opened, popover] = useDisclosure(false)
  const set = useSetBound(() => {
    popover.close()
    onChanged()
  })
  return (
    <Popover opened={opened} onChange={popover.close} width={280} position="bottom-end" trapFocus withRoles={false}>
      <Popover.Target>
        <Button variant="default" disabled={days === null} aria-expanded={opened} onClick={popover.toggle}>
          {days === null ? t`Bound` : t`Bound: ${plural(days, { one: '# day', other: '# days' })}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t`How old a proof may be`}>
        {days !== null && (
          <BoundField
            key={days}
            label={t`A proof is good for`}
            description={t`For every repository without a bound of its own. Older proofs are stale.`}
            days={days}
            isWriting={set.isPending}
            onSet={(next) => set.mutate({ of: 'all', days: next })}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
