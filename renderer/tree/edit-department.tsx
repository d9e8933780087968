import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Department, Post } from '../../core/domain/org.ts'
import { byName } from '../state/by-name.ts'
import { mintRecordId, type Wish } from '../state/org-edits.ts'
import type { World } from '../state/world.ts'
import { useWords } from '../ui/use-words.ts'
import { EditField, numberTyped, useEdit } from './edit-field.tsx'
import { PersonSelect } from './person-select.tsx'
import styles from './edit.module.css'

interface Props {
  readonly world: World
  readonly department: Department
}

/** A department as an admin changes it: its own fields, its posts, what is added to it. */
export function EditDepartment({ world, department }: Props) {
  const t = useWords()
  const { departmentId, name, defaultLimit, hoursPerPoint, zone } = department
  const posts = world.index.org.posts.filter(post => post.departmentId === departmentId)
  const set = (want: Wish['want']): Wish => ({
    entity: 'department',
    id: departmentId,
    kind: 'set',
    want,
  })
  const number = (field: 'defaultLimit' | 'hoursPerPoint') => (typed: string) => {
    const value = numberTyped(typed)
    return value === undefined ? null : set({ [field]: value })
  }
  return (
    <div className={styles.form}>
      <EditField field="name" value={name} wishFor={typed => set({ name: typed })} />
      <ParentSelect world={world} department={department} />
      <EditField
        field="defaultLimit"
        value={defaultLimit === null ? '' : `${defaultLimit}`}
        note={t('orgEdit.note.defaultLimit')}
        wishFor={number('defaultLimit')}
      />
      <EditField
        field="hoursPerPoint"
        value={hoursPerPoint === null ? '' : `${hoursPerPoint}`}
        note={t('orgEdit.note.hoursPerPoint')}
        wishFor={number('hoursPerPoint')}
      />
      <EditField
        field="zone"
        value={zone ?? ''}
        note={t('orgEdit.note.zone')}
        wishFor={typed => set({ zone: typed === '' ? null : typed })}
      />
      <h3 className={styles.title}>{t('orgEdit.posts')}</h3>
      {posts.map(post => (
        <EditPost key={post.postId} post={post} posts={posts} />
      ))}
      <AddHere department={department} />
    </div>
  )
}

function ParentSelect({ world, department }: Props) {
  const t = useWords()
  const { problem, edit } = useEdit()
  const others = world.index.org.departments
    .filter(one => one.departmentId !== department.departmentId)
    .toSorted(byName)
  return (
    <Select
      size="xs"
      searchable
      clearable
      label={t('orgEdit.field.parentId')}
      placeholder={t('orgEdit.atTop')}
      nothingFoundMessage={t('orgEdit.notFound')}
      clearButtonProps={{ 'aria-label': t('orgEdit.toTop') }}
      error={problem}
      value={department.parentId}
      data={others.map(one => ({ value: one.departmentId, label: one.name }))}
      onChange={parentId =>
        void edit({
          entity: 'department',
          id: department.departmentId,
          kind: 'set',
          want: { parentId },
        })
      }
    />
  )
}

/** One post: its name, who holds it, whether its holder is the head. */
function EditPost({ post, posts }: { readonly post: Post; readonly posts: readonly Post[] }) {
  const t = useWords()
  const { problem, edit } = useEdit()
  const set = (of: Post, want: Wish['want']): Wish => ({
    entity: 'post',
    id: of.postId,
    kind: 'set',
    want,
  })
  const makeHead = (isHead: boolean) => {
    // A department has one head: whoever was marked before is unmarked by the same gesture.
    const others = isHead ? posts.filter(one => one.isHead && one.postId !== post.postId) : []
    void edit(...others.map(one => set(one, { isHead: false })), set(post, { isHead }))
  }
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{post.name}</legend>
      <EditField field="name" value={post.name} wishFor={typed => set(post, { name: typed })} />
      <PersonSelect
        label={t('orgEdit.field.employeeId')}
        value={post.employeeId}
        error={problem}
        onChoose={employeeId => void edit(set(post, { employeeId }))}
      />
      <div className={styles.line}>
        <Checkbox
          size="xs"
          label={t('orgEdit.field.isHead')}
          checked={post.isHead}
          onChange={event => makeHead(event.currentTarget.checked)}
        />
        <Button
          size="compact-xs"
          variant="subtle"
          color="red"
          aria-label={t('orgEdit.removePost', { name: post.name })}
          onClick={() => void edit({ entity: 'post', id: post.postId, kind: 'remove', want: {} })}
        >
          {t('orgEdit.remove')}
        </Button>
      </div>
    </fieldset>
  )
}

/** A department below, a post, or a new person with a post, by name. */
function AddHere({ department: { departmentId } }: { readonly department: Department }) {
  const t = useWords()
  const [name, setName] = useState('')
  const { problem, edit } = useEdit()
  const add = async (...wishes: readonly Wish[]) => {
    if (await edit(...wishes)) setName('')
  }
  const post = (of: Wish['want']): Wish => ({
    entity: 'post',
    id: mintRecordId('post'),
    kind: 'add',
    want: { departmentId, ...of },
  })
  const addPerson = () => {
    const id = mintRecordId('employee')
    void add(
      { entity: 'employee', id, kind: 'add', want: { name: name.trim() } },
      post({ name: t('orgEdit.newPost'), employeeId: id }),
    )
  }
  const addDepartment = () =>
    void add({
      entity: 'department',
      id: mintRecordId('department'),
      kind: 'add',
      want: { name: name.trim(), parentId: departmentId },
    })
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{t('orgEdit.addHere')}</legend>
      <TextInput
        size="xs"
        label={t('orgEdit.addName')}
        value={name}
        error={problem}
        onChange={event => setName(event.currentTarget.value)}
      />
      <div className={styles.line}>
        <Button size="compact-xs" variant="default" onClick={addPerson}>
          {t('orgEdit.addPerson')}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => void add(post({ name: name.trim() }))}
        >
          {t('orgEdit.addPost')}
        </Button>
        <Button size="compact-xs" variant="default" onClick={addDepartment}>
          {t('orgEdit.addDepartment')}
        </Button>
      </div>
    </fieldset>
  )
}
