const header =
  'number,incident_state,sys_mod_count,sys_updated_at,opened_at,caller_id,contact_type,category,priority,assignment_group,assigned_to'

const two = (number: number) => String(number).padStart(2, '0')

/**
 * An invented log in the shape of a ServiceNow export: 90 incidents of 29 February and 1 March 2016 in six
 * groups, some resolved, some with a person, most with nobody.
 */
export function incidentLog(): string {
  const rows = Array.from({ length: 90 }, (_, index) => incident(index)).flat()
  return [header, ...rows].join('\n')
}

function incident(index: number): string[] {
  const group = index % 6
  const opened = `29-02-2016 ${two(1 + (index % 20))}:${two((index * 7) % 60)}`
  const later = `01-03-2016 0${index % 9}:${two((index * 11) % 60)}`
  const row = (state: string, count: number, at: string, person: string) =>
    [
      `INC${String(1000 + index).padStart(7, '0')}`,
      state,
      count,
      at,
      opened,
      `Caller ${index % 17}`,
      ['Phone', 'Email', 'Self service'][index % 3],
      `Category ${index % 5}`,
      '3 - Moderate',
      `Group ${group}`,
      person,
    ].join(',')
  const rows = [row('New', 0, opened, '?')]
  const person = `Resolver ${group}-${index % 4}`
  if (group === 5 || index % 3 === 0) rows.push(row('Active', 1, later, person))
  if (index % 12 === 0) rows.push(row('Resolved', 2, later, person))
  return rows
}
