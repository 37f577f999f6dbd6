"""What the passages found for a topic say of it: goals, target group, effort, actions, partners, money, figures."""
