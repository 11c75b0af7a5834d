export { ConsumersPage } from './ConsumersPage.tsx'
