export { AddRepositoryDrawer } from './AddRepositoryDrawer.tsx'
export { RemoveRepository } from './RemoveRepository.tsx'
