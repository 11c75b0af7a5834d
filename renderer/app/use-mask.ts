import { useLayoutEffect } from 'react'
import { maskAttribute, maskText } from '../components/masks.ts'
import { usePreference } from '../components/preferences.ts'

const ATTRIBUTES = ['title', 'aria-label', 'aria-description', 'aria-valuetext', 'placeholder', 'alt'] as const
/** What is left as it is, with all that is in it: a name that has to be typed, what was typed. */
const LEFT = '[data-unmasked], textarea'

interface Masked {
  readonly real: string
  readonly shown: string
}

const texts = new WeakMap<Text, Masked>()
const attributes = new WeakMap<Element, Map<string, Masked>>()

/**
 * While names are masked nothing on the page says one, whoever wrote it: what parts draw without a mask of their own is masked
 * before it is painted, in text, titles and what is read out.
 */
export function useMask(): void {
  const isOn = usePreference('masked')
  useLayoutEffect(() => {
    if (!isOn) return
    const observer = new MutationObserver((changes) => {
      for (const { type, target, attributeName, addedNodes } of changes)
        if (type === 'characterData') maskNode(target)
        else if (type === 'attributes' && attributeName !== null) maskOne(target as Element, attributeName)
        else for (const node of addedNodes) maskBelow(node)
      // What was changed just now is no news.
      observer.takeRecords()
    })
    maskBelow(document.documentElement)
    observer.observe(document.documentElement, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
      attributeFilter: [...ATTRIBUTES],
    })
    return () => {
      observer.disconnect()
      unmaskBelow(document.documentElement)
    }
  }, [isOn])
}

function maskBelow(root: Node): void {
  eachNode(root, maskNode, (element) => {
    for (const name of ATTRIBUTES) maskOne(element, name)
  })
}

function unmaskBelow(root: Node): void {
  eachNode(
    root,
    (node) => {
      const known = texts.get(node as Text)
      if (known?.shown === (node as Text).data) (node as Text).data = known.real
    },
    (element) => {
      for (const [name, { real, shown }] of attributes.get(element) ?? [])
        if (element.getAttribute(name) === shown) element.setAttribute(name, real)
    },
  )
}

function eachNode(root: Node, onText: (node: Node) => void, onElement: (element: Element) => void): void {
  if (root instanceof Text) onText(root)
  if (!(root instanceof Element)) return
  const nodes = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  for (let node: Node | null = root; node !== null; node = nodes.nextNode())
    if (node instanceof Element) onElement(node)
    else onText(node)
}

function maskNode(node: Node): void {
  if (!(node instanceof Text) || node.parentElement?.closest(`${LEFT}, style, script`) !== null) return
  if (texts.get(node)?.shown === node.data) return
  const shown = maskText(node.data)
  if (shown === node.data) return
  texts.set(node, { real: node.data, shown })
  node.data = shown
}

function maskOne(element: Element, name: string): void {
  const real = element.getAttribute(name)
  if (real === null || element.closest(LEFT) !== null) return
  const known = attributes.get(element) ?? new Map<string, Masked>()
  if (known.get(name)?.shown === real) return
  const shown = maskAttribute(real)
  if (shown === real) return
  attributes.set(element, known.set(name, { real, shown }))
  element.setAttribute(name, shown)
}
