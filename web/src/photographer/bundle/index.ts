export { default as BundleExample } from './BundleExample.vue'
