import { acting } from './acting'
import { admin } from './admin'
import { calendar } from './calendar'
import { field } from './field'
import { figures } from './figures'
import { handover } from './handover'
import { importing } from './importing'
import { laws } from './laws'
import { ledger } from './ledger'
import { notices } from './notices'
import { record } from './record'
import { report } from './report'
import { rulebook } from './rulebook'
import { shell } from './shell'
import { signin } from './signin'
import { today } from './today'

/** Every text of the desk; each is a file named as the part of the desk that shows it. */
export const zh = {
  ...shell,
  ...signin,
  ...today,
  ...ledger,
  ...importing,
  ...record,
  ...acting,
  ...report,
  ...figures,
  ...calendar,
  ...handover,
  ...field,
  ...notices,
  ...admin,
  ...rulebook,
  ...laws,
}
