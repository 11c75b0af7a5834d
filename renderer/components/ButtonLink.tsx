import { Button, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, ReactElement, Ref } from 'react'

type AnchorProps = ButtonProps &
  Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps> & { readonly ref?: Ref<HTMLAnchorElement> }

function ButtonAnchor(props: AnchorProps): ReactElement {
  return <Button component="a" {...props} />
}

/** A link to a screen of the console that looks like a button; its address is checked by the compiler. */
export const ButtonLink = createLink(ButtonAnchor)
