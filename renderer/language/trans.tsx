import { i18n } from '@lingui/core'
import { TransNoContext, type TransProps } from '@lingui/react/server'
import type { ReactElement } from 'react'

const lingui = { i18n }

/**
 * What `<Trans>` becomes: a sentence with elements in it. A value is shown as it is: Lingui would take one that looks
 * like a tag, such as the file name `<0/>`, for an element of the sentence.
 */
export function Trans({ values, ...props }: TransProps): ReactElement {
  return <TransNoContext {...props} {...(values === undefined ? {} : { values: asShown(values) })} lingui={lingui} />
}

function asShown(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' && value.includes('<') ? <>{value}</> : value,
    ]),
  )
}
