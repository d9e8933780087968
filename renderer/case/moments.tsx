import { useTranslation } from 'react-i18next'
import { inherited } from '../../core/domain/department.ts'
import type { DepartmentId } from '../../core/domain/id.ts'
import { type Place, sayDate, sayTime } from '../../core/words/say.ts'
import { useReplica } from '../state/replica.ts'
import { useWorld } from '../state/select.ts'
import { usePlace } from '../ui/sentence.ts'
import styles from './case.module.css'

const dateAndTime = (at: number, place: Place) => `${sayDate(at, place)}, ${sayTime(at, place)}`

/** «24.11, 16:30» in the viewer's zone. */
export function DateAndTime({ at }: { readonly at: number }) {
  const place = usePlace()
  return <time dateTime={new Date(at).toISOString()}>{dateAndTime(at, place)}</time>
}

/** «GMT+5»: a zone as it is at that moment; browsers know no Russian names of most zones. */
function offsetOf(at: number, zone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'shortOffset' })
  return format.formatToParts(at).find(part => part.type === 'timeZoneName')?.value ?? zone
}

interface Props {
  readonly at: number
  readonly departmentId: DepartmentId | null
}

/** The moment by the viewer's clock, and by the department's where that shows another. */
export function TwoZones({ at, departmentId }: Props) {
  const { t } = useTranslation()
  const place = usePlace()
  const world = useWorld()
  const spaceZone = useReplica(replica => replica.zone)
  const ownZone =
    world && departmentId !== null ? inherited(world.index, [departmentId], one => one.zone) : null
  const zone = ownZone ?? spaceZone
  const [here, there] = [dateAndTime(at, place), dateAndTime(at, { ...place, zone })]
  if (here === there) return <DateAndTime at={at} />
  return (
    <>
      {t('case.yourTime', { moment: here })}
      <br />
      <span className={styles.quiet}>
        {t('case.theirTime', { moment: there, zone: offsetOf(at, zone) })}
      </span>
    </>
  )
}
