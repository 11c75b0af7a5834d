import { t } from '@lingui/core/macro'
import { Button, Code, CopyButton, Group } from '@mantine/core'
import type { ReactElement } from 'react'

/** A command to be run elsewhere, as it is to be typed, and a button that copies it. */
export function CommandLine({ command }: { readonly command: string }): ReactElement {
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Code
        block
        flex={1}
        tabIndex={0}
        style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', fontVariantLigatures: 'none' }}
      >
        {command}
      </Code>
      <CopyButton value={command}>
        {({ copied, copy }) => (
          <Button variant="default" size="compact-xs" onClick={copy} aria-label={t`Copy: ${command}`}>
            {copied ? t`Copied` : t`Copy`}
          </Button>
        )}
      </CopyButton>
    </Group>
  )
}
