export { default as Change } from './Change.vue'
export { default as PeriodPicker } from './PeriodPicker.vue'
export { type Period, periodIn, periodOf } from './period.ts'
export { default as SalesCard } from './SalesCard.vue'
