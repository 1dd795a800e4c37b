export { default as TrendChart } from './TrendChart.vue'
