import { Button, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Component, type ErrorInfo, type ReactNode } from 'react'
import { words } from './words.ts'

interface Props {
  readonly children: ReactNode
  /** Told what broke, so that it reaches the log of the core. */
  readonly report: (message: string) => void
}

/** The one place where a fault of ours while drawing is shown instead of a blank. */
export class ProblemBoundary extends Component<Props, { readonly problem: Error | null }> {
  override state: { readonly problem: Error | null } = { problem: null }

  static getDerivedStateFromError(problem: Error) {
    return { problem }
  }

  override componentDidCatch(problem: Error, info: ErrorInfo) {
    this.props.report(`${problem.message}\n${info.componentStack ?? ''}`)
  }

  override render() {
    if (!this.state.problem) return this.props.children
    return (
      <Stack align="center" justify="center" h="100%" p="xl" gap="sm" role="alert">
        <IconAlertTriangle size={32} stroke={1.5} aria-hidden />
        <Title order={2} size="h3">
          {words.t('desk.problem.title')}
        </Title>
        <Text c="dimmed" ta="center" maw={480}>
          {words.t('desk.problem.text')}
        </Text>
        <Button variant="default" onClick={() => this.setState({ problem: null })}>
          {words.t('desk.problem.again')}
        </Button>
      </Stack>
    )
  }
}
