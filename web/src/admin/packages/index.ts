export { default as PackageListCard } from './PackageListCard.vue'
export type { PackageListApi } from './use-package-list.ts'
