export { default as MonthReport } from './MonthReport.vue'
