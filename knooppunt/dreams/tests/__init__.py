"""Tests of dreams and plans."""
