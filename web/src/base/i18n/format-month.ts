import { formatter } from './format.ts'

/** `พฤศจิกายน 2569`, `November 2026`. @param month `YYYY-MM` */
export const formatMonth = (month: string): string =>
  formatter({ month: 'long', year: 'numeric' }).format(new Date(`${month}-15T00:00:00Z`))
