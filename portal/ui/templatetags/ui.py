"""Template tags and filters shared by every page."""

from django import template

register = template.Library()
