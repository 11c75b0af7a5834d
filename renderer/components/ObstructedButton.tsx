import { Button, type ButtonProps, Tooltip } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'

export interface ObstructedButtonProps extends ButtonProps {
  readonly children: ReactNode
  /** Why it does nothing now, in a sentence; null when it does what it says. */
  readonly obstacle: string | null
  readonly onClick: () => void
}

/** A button that, while something is in the way, stays where the keyboard finds it and says what that is. */
export function ObstructedButton({ obstacle, onClick, children, ...button }: ObstructedButtonProps): ReactElement {
  if (obstacle === null)
    return (
      <Button {...button} onClick={onClick}>
        {children}
      </Button>
    )
  return (
    <Tooltip label={obstacle} multiline maw={320}>
      <Button
        {...button}
        data-disabled
        aria-disabled="true"
        aria-description={obstacle}
        onClick={(event) => event.preventDefault()}
      >
        {children}
      </Button>
    </Tooltip>
  )
}
