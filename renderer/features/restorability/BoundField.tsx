import { t } from '@lingui/core/macro'
import { Button, Group, NumberInput } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { proofBoundSchema } from '../../../contract/shapes/restorability.ts'

export interface BoundFieldProps {
  readonly label: string
  readonly description: string
  readonly days: number
  readonly isWriting: boolean
  onSet(days: number): void
}

/** How many days a proof may be old. */
export function BoundField({ label, description, days, isWriting, onSet }: BoundFieldProps): ReactElement {
  const [typed, setTyped] = useState<number | string>(days)
  const wanted = proofBoundSchema.safeParse(typed).data ?? null
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (wanted !== null) onSet(wanted)
      }}
    >
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <NumberInput
          size="xs"
          flex={1}
          label={label}
          description={description}
          suffix={` ${t`days`}`}
          min={1}
          max={3650}
          clampBehavior="none"
          allowDecimal={false}
          value={typed}
          onChange={setTyped}
          error={wanted === null ? t`Between 1 and 3650 days.` : undefined}
        />
        <Button
          type="submit"
          variant="default"
          loading={isWriting}
          disabled={wanted === null || wanted === days}
        >{t`Set`}</Button>
      </Group>
    </form>
  )
}
