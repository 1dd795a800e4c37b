export { default as Change } from './Change.vue'
export { default as SalesCard } from './SalesCard.vue'
