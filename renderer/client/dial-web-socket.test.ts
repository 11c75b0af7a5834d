// @vitest-environment jsdom
import { afterEach, expect, test } from 'vitest'
import { dialWebSocket, TicketRefused, takeTicket } from './dial-web-socket.ts'

afterEach(() => {
  sessionStorage.clear()
  history.replaceState(null, '', '/')
})

test('the ticket of the address is taken out of sight, and kept for a reload', () => {
  history.replaceState(null, '', '/#ticket=abc-DEF_9')
  expect(takeTicket(window)).toBe('abc-DEF_9')
  expect(location.hash).toBe('#/')
  expect(takeTicket(window)).toBe('abc-DEF_9')
})

test('a new ticket takes the place of the old one', () => {
  sessionStorage.setItem('ticket', 'old')
  history.replaceState(null, '', '/#ticket=new')
  expect(takeTicket(window)).toBe('new')
  expect(sessionStorage.getItem('ticket')).toBe('new')
})

test('an address within the console is left as it is', () => {
  sessionStorage.setItem('ticket', 'kept')
  history.replaceState(null, '', '/#/hosts/db-01')
  expect(takeTicket(window)).toBe('kept')
  expect(location.hash).toBe('#/hosts/db-01')
})

test('without a ticket nothing is dialled', async () => {
  await expect(dialWebSocket(window, null)).rejects.toBeInstanceOf(TicketRefused)
})
