"""Tests of app.suggestions."""
