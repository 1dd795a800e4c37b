import { staffProblemsTh } from '../photographer/problems.th.ts'
import { crewTh } from './crew/messages.th.ts'

export const words = {
  problems: staffProblemsTh,
  crew: crewTh,
}
